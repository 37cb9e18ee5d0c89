// Comfort only: every page works without this file.
"use strict";
// Drafts: what is typed is kept on the server, never in the browser.
document.querySelectorAll("form[data-draft]").forEach((form) => {
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const data = new FormData(form);
      for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
      const note = form.querySelector("[data-saved]");
      let saved = false;
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(data), headers: { "x-draft": "1" }, redirect: "manual" });
        saved = answer.ok;
        // A redirect leads to the log-in page: nothing was kept.
        if (note) note.textContent = saved ? "已暂存" : answer.type === "opaqueredirect" ? "登录已到期，尚未暂存。请另开窗口登录" : "暂存失败，请手工暂存";
      } catch {
        if (note) note.textContent = "网络不通，尚未暂存";
      }
      form.dispatchEvent(new CustomEvent("saved", { detail: saved }));
    }, 1500);
  });
  // A double click sends one form; the server would answer both alike.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent && !event.submitter?.hasAttribute("formaction")) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });
});
// What was kept for a time without net goes with the session.
document.querySelector("form[action='/logout']")?.addEventListener("submit", () => {
  Object.keys(localStorage).filter((k) => k.startsWith("xz-offline-")).forEach((k) => localStorage.removeItem(k));
  indexedDB.deleteDatabase("xz-offline");
});
document.querySelectorAll("input[data-all]").forEach((all) => {
  all.addEventListener("change", () => all.closest("form").querySelectorAll("input[name=sel]").forEach((box) => { box.checked = all.checked; }));
});
document.querySelector("#errors")?.focus();
// Search: while somebody types, what the page would suggest.
document.querySelectorAll("input[data-suggest]").forEach((box) => {
  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const asked = box.value.trim();
      if (!asked) return box.list.replaceChildren();
      try {
        const answer = await fetch(box.dataset.suggest + "?q=" + encodeURIComponent(asked), { redirect: "error" });
        const { suggestions } = await answer.json();
        if (box.value.trim() !== asked) return;
        box.list.replaceChildren(...suggestions.map((s) => Object.assign(document.createElement("option"), { value: s.label, label: s.note })));
      } catch {
        box.list.replaceChildren();
      }
    }, 250);
  });
});
