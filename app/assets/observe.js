// Comfort for the field: keeps what is typed while the net is away, and merges it afterwards. Without this file the form saves and hands
// in by its buttons. What another device said is never overwritten: both stand here until the person chooses.
"use strict";
(() => {
  document.querySelector("form[data-final]")?.addEventListener("submit", () => Offline.wipe());
  document.querySelector("#errors")?.focus();
  const form = document.querySelector("form[data-observe]");
  if (!form) return;
  const place = form.dataset.observe, most = Number(form.dataset.most), LARGE = 30e6, EDGE = 1600;
  const status = document.querySelector("[data-saved]"), blocks = [...form.querySelectorAll("[data-item]")];
  const say = (text) => { status.textContent = text; };
  const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const field = (block, name) => form.elements[`${name}.${block.dataset.item}`];
  const value = (block) => ({ result: field(block, "result")?.value ?? "", note: field(block, "note").value.trim(), at: field(block, "at")?.value ?? "" });
  const same = (a, b) => a.result === b.result && a.note === b.note && a.at === b.at;
  const words = (v) => [v.result, v.note, v.at].filter(Boolean).join("，") || "没有填";
  // Of each item: what the server had when we last heard, and at which revision.
  const known = new Map(blocks.map((b) => [b.dataset.item, { rev: Number(field(b, "base").value), value: value(b), others: [] }]));
  const picked = new Set(), waiting = new Map();
  let kept = window.crypto?.subtle ? Offline.of(place) : null, busy = false, again = false, timer = 0;

  function look() {
    let filled = 0;
    for (const b of blocks) {
      const v = value(b), more = b.querySelector("[data-more]");
      if (v.result) filled += 1;
      if (more) more.hidden = !(v.result === "不符合" || v.note || v.at || b.querySelector("[data-shots] img"));
    }
    document.querySelector("[data-filled]").textContent = String(filled);
    const bar = document.querySelector("progress");
    bar.value = filled;
  }
  // Both stand until the person chooses: meanwhile nothing more of this item is sent.
  const pending = (b) => known.get(b.dataset.item).others.length > 0 && !picked.has(b.dataset.item);
  const dirty = () => blocks.filter((b) => picked.has(b.dataset.item) || !same(value(b), known.get(b.dataset.item).value));

  // Sealed on this machine first; the server when it can be reached.
  async function keep() {
    if (!kept || !await kept.ready()) return false;
    const items = dirty().map((b) => ({ item: b.dataset.item, base: known.get(b.dataset.item).rev, value: value(b) }));
    if (items.length) await kept.keep({ at: Date.now(), items });
    else kept.drop();
    return items.length > 0;
  }
  function others(block, held) {
    const box = block.querySelector("[data-others]");
    box.replaceChildren();
    box.hidden = held.others.length === 0;
    if (box.hidden) return;
    const head = document.createElement("b"), body = Object.assign(document.createElement("div"), { className: "stack-s" });
    head.textContent = "两台设备填得不同，请选定";
    body.append(head);
    box.append(body);
    const now = value(block), all = [held.value, ...held.others];
    for (const v of all.some((v) => same(v, now)) ? all : [...all, now]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--s btn--wrap", textContent: `用这个：${words(v)}` });
      button.addEventListener("click", () => {
        put(block, v);
        picked.add(block.dataset.item);
        look();
        soon(0);
      });
      body.append(button);
    }
  }
  function put(block, v) {
    block.querySelectorAll("[type=radio][name^=result]").forEach((r) => { r.checked = r.value === v.result; });
    field(block, "note").value = v.note;
    if (field(block, "at")) field(block, "at").value = v.at;
  }
  // `sent`: what went out with this answer, by item.
  function hear(answer, sent) {
    for (const b of blocks) {
      const held = answer.items[b.dataset.item];
      if (!held) continue;
      const before = known.get(b.dataset.item), mine = value(b), went = sent.get(b.dataset.item);
      const untouched = same(mine, before.value) && !went;
      const heard = went && same(mine, went);
      known.set(b.dataset.item, held);
      field(b, "base").value = String(held.rev);
      if (went?.pick && held.others.length === 0) picked.delete(b.dataset.item);
      // Only what the person has not touched follows the server; what he typed stays, and lies there among the others.
      if (untouched || heard) put(b, held.value);
      others(b, held);
    }
    for (const p of answer.photos) {
      const block = blocks.find((b) => b.dataset.item === p.item);
      if (block && !block.querySelector(`img[src="${p.src}"]`)) thumb(block, p.src, "已传", p.key);
    }
    look();
  }
  async function token() {
    const page = await fetch(place, { redirect: "manual", cache: "no-store" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrf]")?.value;
    if (!fresh) return false;
    form.elements.csrf.value = fresh;
    return true;
  }
  const asking = () => ({ "x-csrf": form.elements.csrf.value });
  async function post(path, options, once) {
    const answer = await fetch(path, { method: "POST", redirect: "manual", ...options(), headers: { ...asking(), ...options().headers } });
    if (answer.status === 403 && !once && await token()) return post(path, options, true);
    return answer;
  }
  async function send() {
    if (busy) { again = true; return false; }
    busy = true;
    let done = false;
    try {
      const items = dirty().filter((b) => !pending(b)).map((b) => ({ item: b.dataset.item, base: known.get(b.dataset.item).rev, ...value(b), pick: picked.has(b.dataset.item) }));
      const sent = new Map(items.map((i) => [i.item, i]));
      const answer = await post(`${place}/sync`, () => ({ body: JSON.stringify({ items }), headers: { "content-type": "application/json" } }));
      if (answer.ok) {
        hear(await answer.json(), sent);
        await photos();
        const left = await keep().catch(() => false);
        done = !left && waiting.size === 0;
        const open = blocks.filter(pending).length;
        say(open ? `有 ${open} 项要选定` : done ? `已传 ${clock()}` : "还有内容没有传");
      } else {
        say(answer.type === "opaqueredirect" ? "登录已到期。请另开窗口登录，再回到本页" : answer.status === 409 ? "现在不能填写，请回到本件看看" : "没有传成，稍后再试");
      }
    } catch {
      await keep().then((left) => say(left || waiting.size ? `已存本机 ${clock()}，未传` : "网络不通"), () => say("网络不通，本机存不下，请勿关闭本页"));
    }
    busy = false;
    if (again) { again = false; soon(300); }
    return done;
  }
  function soon(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    look();
    blocks.filter(pending).forEach((b) => others(b, known.get(b.dataset.item)));
    keep().then((left) => { if (left) say(`已存本机 ${clock()}，未传`); }, () => {});
    soon(1000);
  });

  // Photographs: made smaller, and by that without place and device; sealed here until the server has them.
  function thumb(block, src, text, key) {
    const list = block.querySelector("[data-shots]"), old = key && [...list.children].find((l) => l.dataset.key === key);
    const line = old || document.createElement("li");
    const img = Object.assign(document.createElement("img"), { src, alt: `第 ${block.dataset.item} 项照片`, width: 84, height: 64 });
    line.replaceChildren(img, text);
    if (key) line.dataset.key = key;
    if (!old) list.insertBefore(line, list.lastElementChild);
    block.querySelector("[data-more]").hidden = false;
  }
  async function smaller(file) {
    const picture = await createImageBitmap(file), scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.8); });
    return [new Uint8Array(await blob.arrayBuffer()), canvas.toDataURL("image/jpeg", 0.5)];
  }
  form.addEventListener("change", async (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    const block = input.closest("[data-item]"), file = input.files[0], key = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
    const there = form.querySelectorAll("[data-shots] img").length, weight = [...waiting.values()].reduce((n, w) => n + w.bytes.length, 0);
    if (there >= most || weight > LARGE) { say(there >= most ? `一份记录最多 ${most} 张照片` : "本机照片已满，请联网上传后再拍"); input.value = ""; return; }
    try {
      const [bytes, src] = await smaller(file);
      waiting.set(key, { item: block.dataset.item, bytes });
      thumb(block, src, "未传", key);
      input.value = "";
      if (kept && await kept.ready()) await kept.photos.put(key, { item: block.dataset.item }, bytes);
      say(`照片已存本机 ${clock()}，未传`);
    } catch { say("照片没有存下，请再试"); }
    soon(0);
  });
  async function photos() {
    for (const [key, w] of [...waiting]) {
      const body = new FormData();
      body.append("key", key);
      body.append(`photo.${w.item}`, new Blob([w.bytes], { type: "image/jpeg" }), "照片.jpg");
      const answer = await post(`${place}/photo`, () => ({ body }));
      if (!answer.ok) throw new Error(String(answer.status));
      waiting.delete(key);
      if (kept && await kept.ready()) await kept.photos.remove(key);
      hear(await answer.json(), new Map());
    }
  }

  form.querySelectorAll("[data-now]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      field(button.closest("[data-item]"), "at").value = clock();
      form.dispatchEvent(new Event("input"));
    });
  });
  // The server reads the sheet it keeps: nothing is handed in that has not arrived.
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sent) return;
    event.preventDefault();
    clearTimeout(timer);
    const op = event.submitter?.value;
    if (!await send() || op === "save") return;
    form.dataset.sent = "1";
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("online", () => soon(0));
  setInterval(() => { if (dirty().length || waiting.size) soon(0); }, 15_000);
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.sent && !navigator.onLine && (dirty().length || waiting.size)) event.preventDefault();
  });
  // What was left here by this session when the page was closed.
  async function begin() {
    look();
    if (!kept) return;
    if (!await kept.ready()) { kept = null; return; }
    document.querySelector("[data-offline-words]").hidden = false;
    const left = await kept.read();
    for (const i of left?.items ?? []) {
      const block = blocks.find((b) => b.dataset.item === i.item);
      if (!block) continue;
      if (same(i.value, value(block))) continue;
      put(block, i.value);
      // It was written by whoever had seen that revision, not this one.
      known.get(i.item).rev = i.base;
    }
    for (const p of await kept.photos.all()) {
      const block = blocks.find((b) => b.dataset.item === p.said.item);
      if (!block) continue;
      waiting.set(p.id, { item: p.said.item, bytes: p.bytes });
      thumb(block, `data:image/jpeg;base64,${btoa(Array.from(p.bytes, (b) => String.fromCharCode(b)).join(""))}`, "未传", p.id);
    }
    look();
    await send();
  }
  begin().catch(() => {});
})();
