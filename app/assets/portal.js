// Comfort only: the portal works without this file. It keeps nothing, asks nothing of anybody, and tells nobody anything.
"use strict";
// One frame's words of SHA-256 (FIPS 180-4). The browser's own is missing on plain http and ten times slower for short texts.
const sha256 = (() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const frac = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const K = primes.map((p) => frac(p ** (1 / 3))), H = primes.slice(0, 8).map((p) => frac(p ** 0.5));
  const r = (x, n) => (x >>> n) | (x << (32 - n));
  const w = new Int32Array(64);
  return (text) => {
    const bits = text.length * 8, length = ((text.length + 8) >> 6) + 1;
    let h = H.slice();
    for (let block = 0; block < length; block++) {
      for (let i = 0; i < 16; i++) {
        let word = 0;
        for (let j = 0; j < 4; j++) {
          const at = block * 64 + i * 4 + j;
          word = (word << 8) | (at < text.length ? text.charCodeAt(at) : at === text.length ? 128 : 0);
        }
        w[i] = block === length - 1 && i === 15 ? bits : word;
      }
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (r(a, 7) ^ r(a, 18) ^ (a >>> 3)) + w[i - 7] + (r(b, 17) ^ r(b, 19) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, x] = h;
      for (let i = 0; i < 64; i++) {
        const t = (x + (r(e, 6) ^ r(e, 11) ^ r(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const u = ((r(a, 2) ^ r(a, 13) ^ r(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        x = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
      }
      h = [h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e, h[5] + f, h[6] + g, h[7] + x].map((v) => v | 0);
    }
    return h;
  };
})();
/** Looks for a number that makes the digest begin with so many zero bits, a little at a time. */
const solve = (ticket, bits) => new Promise((done) => {
  let n = 0;
  const some = () => {
    for (const end = n + 3000; n < end; n++) {
      if (Math.clz32(sha256(`${ticket}.${n}`)[0]) >= bits) return done(String(n));
    }
    setTimeout(some, 0);
  };
  some();
});
document.querySelectorAll("form[data-bits]").forEach((form) => {
  const bits = Number(form.dataset.bits), state = form.querySelector("[data-state]");
  let work = null, ready = bits === 0, sent = false;
  const begin = () => { work ??= solve(form.elements.ticket.value, bits).then((n) => { form.elements.work.value = n; ready = true; }); };
  if (bits > 0) form.addEventListener("input", begin, { once: true });
  form.addEventListener("submit", (event) => {
    // A double click sends one form.
    if (sent) return event.preventDefault();
    if (!ready) {
      event.preventDefault();
      state.textContent = "现在提交的人多，正在排队，请稍等…";
      begin();
      return work.then(() => form.requestSubmit());
    }
    sent = true;
    if (state) state.textContent = "正在提交…";
  });
});
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
// Who stays anonymous is not asked for a name.
document.querySelectorAll("form").forEach((form) => {
  const named = form.querySelectorAll("[data-named]"), modes = form.querySelectorAll("[name=mode]");
  const show = () => { const mode = form.querySelector("[name=mode]:checked"); named.forEach((f) => { f.hidden = !mode || mode.value === "匿名"; }); };
  if (modes.length) { modes.forEach((m) => m.addEventListener("change", show)); show(); }
});
document.querySelectorAll("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => window.print()); });
// Leaving leaves no way back.
document.querySelector("[data-leave]")?.addEventListener("click", (event) => { event.preventDefault(); location.replace(event.currentTarget.href); });
// Which section is read, for those who hear the page.
const mark = () => {
  const here = location.hash.slice(1) || document.querySelector(".is-here")?.id;
  document.querySelectorAll(".pub__bar nav a[href^='#']").forEach((a) => {
    if (a.getAttribute("href") === `#${here}`) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
  });
};
window.addEventListener("hashchange", mark);
mark();
document.querySelector(".is-here [data-focus]")?.focus();
