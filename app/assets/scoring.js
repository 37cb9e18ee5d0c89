// Comfort only: the sheet counts, adds rows and locks without this file. The server's numbers are the ones that stand.
"use strict";
(() => {
  const PREFIX = "xz-offline-";
  const wipe = () => Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)).forEach((k) => localStorage.removeItem(k));
  // Handed in: nothing of it stays on this machine.
  document.querySelector("form[data-final]")?.addEventListener("submit", (event) => { if (!event.submitter?.name) wipe(); });
  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  const field = form.dataset.field, scale = JSON.parse(form.dataset.scale), whole = form.hasAttribute("data-whole");
  const all = (css, of = form) => [...of.querySelectorAll(css)];

  // Tenths of a point, as the server reads them.
  const tenths = (text) => {
    const m = /^(\d{1,3})(?:\.(\d))?$/.exec(text.trim());
    const value = m ? Number(m[1]) * 10 + Number(m[2] ?? 0) : NaN;
    return value <= 1000 ? value : NaN;
  };
  const points = (n) => (n % 10 === 0 ? String(n / 10) : (n / 10).toFixed(1));
  const cell = (row, column) => row.querySelector(`[name$=".${column}"]`);
  const says = (row) => row.hasAttribute("data-veto") || ["points", "page", "problem", "severity", "note", "by"].some((c) => cell(row, c)?.value.trim());
  const pages = (text) => /全卷|[0-9０-９一二三四五六七八九十百]/.test(text);

  function count() {
    let substantive = false, veto = false;
    const open = [], parts = [];
    const miss = (input, label) => open.push([input.id, label]);
    // On a whole sheet the ground tells the problem; a tier has to say what was wrong.
    const measured = (row) => cell(row, "by")?.value.includes(".");
    const common = (row, name) => {
      if (!cell(row, "problem").value && !measured(row)) miss(cell(row, "problem"), `${name} 问题码`);
      if (!pages(cell(row, "page").value)) miss(cell(row, "page"), `${name} 卷页码`);
      substantive ||= !whole && cell(row, "problem").value.startsWith("S");
    };
    for (const row of all("[data-veto]")) {
      const name = cell(row, "item").value;
      veto = true;
      common(row, name);
      if (!cell(row, "note").value.trim()) miss(cell(row, "note"), `${name} 说明`);
    }
    all(".item").forEach((item) => {
      const full = Number(item.dataset.full), name = item.querySelector(".item__t").firstChild.textContent;
      const rows = all("[data-row]", item);
      const failed = form.dataset.cardItem && item.id === `i-${form.dataset.cardItem}` && form.querySelector("[data-question] [value='否']:checked");
      let lost = failed ? Number(form.dataset.cardPoints) : 0;
      for (const row of rows.filter(says)) {
        const n = tenths(cell(row, "points").value);
        if (Number.isNaN(n) || (n > full && !whole)) miss(cell(row, "points"), `${name} 扣分`);
        if (!Number.isNaN(n)) lost += n;
        const kind = cell(row, whole ? "by" : "severity");
        if (!kind.value) miss(kind, `${name} ${whole ? "扣分事由" : "严重度"}`);
        if (whole && kind.value && !measured(row) && !cell(row, "note").value.trim()) miss(cell(row, "note"), `${name} 说明`);
        veto ||= kind.value === "否决";
        common(row, name);
      }
      lost = Math.min(lost, full);
      parts[item.dataset.part] = (parts[item.dataset.part] ?? 1000) - lost;
      substantive ||= lost > 0 && item.hasAttribute("data-substantive");
      item.classList.toggle("is-cut", rows.length > 0);
      item.querySelector("table").hidden = rows.length === 0;
      item.querySelector("[data-rows]").textContent = rows.length ? `扣 ${rows.length} 行` : "未扣分";
      item.querySelector("[data-lost]").textContent = lost ? `−${points(lost)}` : "";
      item.querySelector("[data-left]").textContent = points(full - lost);
      const meter = form.querySelector(`[data-meter="${item.id}"]`);
      meter.querySelector("meter").value = (full - lost) / 10;
      meter.lastElementChild.textContent = points(full - lost);
    });
    all("[data-question]").forEach((q, n) => {
      const said = q.querySelector("[type=radio]:checked")?.value, no = all("input.input", q).some((i) => !i.value.trim());
      if (!said || (said === "否" && no)) miss(q, `附卡第 ${n + 1} 项`);
    });
    all(".op [name]").filter((f) => !f.closest("[data-question]") && f.closest(".field")?.querySelector(".req") && !f.value.trim())
      .forEach((f) => miss(f, f.closest(".field").querySelector("label").firstChild.textContent.trim()));
    const total = Math.max(Math.min(...parts), 0);
    let rank = veto ? scale.length - 1 : scale.findIndex(([, from]) => total >= from);
    if (rank < 0) rank = scale.length - 1;
    if (!veto && substantive) rank = Math.max(rank, Math.min(1, scale.length - 1));
    all("[data-total]").forEach((t) => { t.textContent = points(total); });
    const grade = form.querySelector("[data-grade]"), [name, from] = scale[rank];
    grade.textContent = `按标准对应：${name} ${points(from)}–${points(rank ? scale[rank - 1][1] - 1 : 1000)} 分`;
    grade.className = `tag tag--${rank === scale.length - 1 ? "red" : rank < 2 ? "green" : "amber"}`;
    const box = form.querySelector("[data-open]"), words = document.createElement("div");
    box.className = `alert ${open.length ? "alert--amber" : "alert--green"} xs`;
    words.append(open.length ? `还有 ${open.length} 处要填：` : "填写完整，可以提交。");
    open.forEach(([id, label], n) => {
      const link = Object.assign(document.createElement("a"), { href: `#${id}`, textContent: label });
      words.append(...(n ? ["、", link] : [link]));
    });
    box.replaceChildren(words);
  }

  // Rows.
  const next = () => Math.max(-1, ...all(`[data-row] [name^="${field}."]`).map((i) => Number(i.name.split(".")[1]))) + 1;
  function grow(template, item, label) {
    const n = next(), row = template.content.firstElementChild.cloneNode(true);
    for (const input of all("[name]", row)) {
      const column = input.name.split(".")[2];
      if (column) { input.name = `${field}.${n}.${column}`; if (input.type !== "hidden") input.id = `s-${n}-${column}`; }
      if (input.name === "drop") { input.value = String(n); input.setAttribute("aria-label", `删除${label}`); }
      else input.setAttribute("aria-label", `${label} ${input.closest("td").dataset.l ?? ""}`);
    }
    cell(row, "item").value = item;
    cell(row, "item").removeAttribute("aria-label");
    return row;
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.name === "more") {
      event.preventDefault();
      const body = button.closest(".item").querySelector("tbody");
      const row = grow(form.querySelector("[data-row-of]"), button.value, `${button.value} 第 ${body.rows.length + 1} 行`);
      if (whole) cell(row, "by").append(button.closest(".item").querySelector("[data-grounds]").content.cloneNode(true));
      body.append(row);
      count();
      row.querySelector("select").focus();
    } else if (button?.name === "drop") {
      event.preventDefault();
      const item = button.closest(".item");
      button.closest("tr").remove();
      count();
      item.querySelector("[name=more]").focus();
      form.dispatchEvent(new Event("input"));
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "veto") return;
    const box = form.querySelector("[data-vetoes]"), body = box.querySelector("tbody"), name = event.target.value;
    const row = all("[data-veto]").find((r) => cell(r, "item").value === name);
    if (event.target.checked && !row) {
      const fresh = grow(form.querySelector("[data-veto-of]"), name, name);
      fresh.querySelector("[data-name]").textContent = name;
      body.append(fresh);
    }
    if (!event.target.checked) row?.remove();
    box.hidden = body.rows.length === 0;
    count();
  });
  form.addEventListener("input", count);
  count();

  // Offline, if asked for (trust.md T15): AES-GCM under a key the server hands out for this session; it is kept in memory only, and
  // the name of the entry tells nothing either. What another session left cannot be read and is removed.
  const box = form.querySelector("[data-offline]"), tick = form.querySelector("[data-offline-on]");
  const note = (text) => { form.querySelector("[data-offline-note]").textContent = text; };
  if (!box || !window.crypto?.subtle) return;
  const place = form.dataset.draft, utf8 = new TextEncoder();
  const b64 = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
  const unb64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let key = null, name = "";
  async function ready() {
    if (key) return true;
    const answer = await fetch("/offline-key", { redirect: "error", cache: "no-store" });
    if (!answer.ok) return false;
    const bytes = Uint8Array.from((await answer.json()).key.match(/../g), (h) => parseInt(h, 16));
    const named = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    name = PREFIX + b64(new Uint8Array(await crypto.subtle.sign("HMAC", named, utf8.encode(place)))).slice(0, 22);
    key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    bytes.fill(0);
    return true;
  }
  const values = () => {
    const data = new FormData(form);
    ["csrf", "key", "version"].forEach((n) => data.delete(n));
    return new URLSearchParams(data).toString();
  };
  async function keep() {
    if (!tick.checked || !await ready()) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = utf8.encode(JSON.stringify({ at: Date.now(), values: values() }));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(place) }, key, text);
    localStorage.setItem(name, `${b64(iv)}.${b64(new Uint8Array(sealed))}`);
    note("已在本机加密暂存");
  }
  async function read(entry) {
    const [iv, sealed] = entry.split(".").map(unb64);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(place) }, key, sealed);
    return JSON.parse(new TextDecoder().decode(text));
  }
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch(() => note("本机暂存失败")), 500);
  });
  // The server has it: no copy is needed here.
  form.addEventListener("saved", (event) => {
    if (event.detail && name) { localStorage.removeItem(name); if (tick.checked) note("服务器已暂存，本机不留"); }
  });
  tick.addEventListener("change", async () => {
    sessionStorage.setItem(`${PREFIX}on`, tick.checked ? "1" : "");
    if (!tick.checked) { wipe(); note("本机不留内容"); return; }
    try { await keep(); } catch { tick.checked = false; note("连不上服务器，暂不能开启"); }
  });
  const found = document.querySelector("[data-offline-found]");
  async function begin() {
    box.hidden = false;
    const left = Object.keys(localStorage).filter((k) => k.startsWith(PREFIX));
    tick.checked = sessionStorage.getItem(`${PREFIX}on`) === "1";
    if (!tick.checked && !left.length) return;
    if (!await ready()) return;
    const mine = localStorage.getItem(name);
    if (!mine) return;
    let kept;
    try { kept = await read(mine); } catch { localStorage.removeItem(name); return; }
    found.querySelector("[data-offline-when]").textContent = `${new Date(kept.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })} 断网时填的，服务器上还没有。`;
    found.hidden = false;
    found.querySelector("[data-offline-take]").addEventListener("click", async () => {
      const data = new URLSearchParams(kept.values);
      data.set("csrf", form.querySelector("[name=csrf]").value);
      const answer = await fetch(place, { method: "POST", body: data, headers: { "x-draft": "1" }, redirect: "manual" });
      if (!answer.ok) { found.querySelector("[data-offline-when]").textContent = "没有取回，请稍后再试。"; return; }
      localStorage.removeItem(name);
      location.reload();
    });
    found.querySelector("[data-offline-drop]").addEventListener("click", () => { localStorage.removeItem(name); found.hidden = true; });
  }
  begin().catch(() => {});
})();
