// Comfort only: the desk works without this file. It looks for duplicates while one types and says what a number stands for.
"use strict";
(() => {
  const form = document.querySelector("#desk");
  if (!form) return;
  const field = (name) => form.elements[name];

  // Duplicates: the server renders them as it does without script; only their place on the page is taken over.
  const ASKED = ["reporter_phone", "uscc", "org", "problems", "doc_no"];
  let timer = 0, turn = 0;
  async function look() {
    const mine = ++turn;
    try {
      const answer = await fetch("/desk/like", { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (!answer.ok || mine !== turn) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-like]");
      const place = document.querySelector("[data-like]");
      if (fresh && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(fresh));
    } catch { /* without net nothing is found: the form itself tells that it is not kept */ }
  }
  form.addEventListener("input", (event) => {
    if (!ASKED.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, 500);
  });

  // What the numbers stand for.
  const told = form.querySelector("[data-problems]");
  const names = Object.fromEntries([...form.querySelectorAll("[data-problem]")].map((p) => [p.dataset.problem, p.textContent]));
  function numbers() {
    const typed = field("problems").value.normalize("NFKC").split(/[^0-9]+/).filter(Boolean).map((n) => String(Number(n)));
    told.textContent = typed.map((n) => names[n] ?? `没有 ${n}`).join("、") + (typed.length ? "。" : "");
  }
  field("problems").addEventListener("input", numbers);
  numbers();

  // What to say to whom we cannot help.
  const say = form.querySelector("[data-say][role=status]"), ways = field("out_of_scope");
  function words() {
    say.textContent = ways.selectedOptions[0]?.dataset.say ?? "";
    say.hidden = !say.textContent;
  }
  ways.addEventListener("change", words);
  words();
  form.addEventListener("change", (event) => {
    if (event.target.name === "outcome" && event.target.value === "不属受理范围") ways.focus();
  });
})();
