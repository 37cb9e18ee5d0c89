// Comfort only: the sheet counts, adds rows and locks without this file. The server's numbers are the ones that stand.
"use strict";
(() => {
  // Handed in: nothing of it stays on this machine.
  document.querySelector("form[data-final]")?.addEventListener("submit", (event) => { if (!event.submitter?.name) Offline.wipe(); });
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

  // Offline, if asked for.
  const box = form.querySelector("[data-offline]"), tick = form.querySelector("[data-offline-on]");
  const note = (text) => { form.querySelector("[data-offline-note]").textContent = text; };
  if (!box || !window.crypto?.subtle) return;
  const place = form.dataset.draft, kept = Offline.of(place);
  const values = () => {
    const data = new FormData(form);
    ["csrf", "key", "version"].forEach((n) => data.delete(n));
    return new URLSearchParams(data).toString();
  };
  async function keep() {
    if (!tick.checked || !await kept.ready()) return;
    await kept.keep({ at: Date.now(), values: values() });
    note("已在本机加密暂存");
  }
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch(() => note("本机暂存失败")), 500);
  });
  // The server has it: no copy is needed here.
  form.addEventListener("saved", (event) => {
    if (event.detail && kept.drop() && tick.checked) note("服务器已暂存，本机不留");
  });
  tick.addEventListener("change", async () => {
    sessionStorage.setItem(`${Offline.PREFIX}on`, tick.checked ? "1" : "");
    if (!tick.checked) { Offline.wipe(); note("本机不留内容"); return; }
    try { await keep(); } catch { tick.checked = false; note("连不上服务器，暂不能开启"); }
  });
  const found = document.querySelector("[data-offline-found]");
  async function begin() {
    box.hidden = false;
    tick.checked = sessionStorage.getItem(`${Offline.PREFIX}on`) === "1";
    if (!tick.checked && !Offline.left()) return;
    if (!await kept.ready()) return;
    const mine = await kept.read();
    if (!mine) return;
    found.querySelector("[data-offline-when]").textContent = `${new Date(mine.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })} 断网时填的，服务器上还没有。`;
    found.hidden = false;
    found.querySelector("[data-offline-take]").addEventListener("click", async () => {
      const data = new URLSearchParams(mine.values);
      data.set("csrf", form.querySelector("[name=csrf]").value);
      const answer = await fetch(place, { method: "POST", body: data, headers: { "x-draft": "1" }, redirect: "manual" });
      if (!answer.ok) { found.querySelector("[data-offline-when]").textContent = "没有取回，请稍后再试。"; return; }
      kept.drop();
      location.reload();
    });
    found.querySelector("[data-offline-drop]").addEventListener("click", () => { kept.drop(); found.hidden = true; });
  }
  begin().catch(() => {});
})();
