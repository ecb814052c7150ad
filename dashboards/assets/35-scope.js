/* What stands above the page stays there while filters change: its controls make the address, and
   follow it where something else changed it; its links lead to the scope that is shown. */
(() => {
  const HEAD = ".shell-header", PREFIX = "shell-";
  /* What a part of the address says where it is not there. */
  const unsaid = (part, head) => ({ kind: "all", as_of: (head || "").split(" ")[1] })[part] || null;
  /* Parts of the address that are no filter. */
  const BESIDES = ["as_of", "since"];
  const parts = () => {
    const choosers = document.querySelector(`${HEAD} .scope`);
    return choosers ? choosers.dataset.parts.split(" ") : [];
  };
  const NOTHING = () => window.dash_clientside.no_update;
  const called = (id) => id.replace(PREFIX, "");
  const words = (search) => (search.size ? "?" + search : "");

  /* The address after controls were moved; only what was moved changes. */
  const chooseScope = (...values) => {
    const { inputs_list, triggered } = window.dash_clientside.callback_context;
    const before = values.at(-2) || "", head = values.at(-1);
    const search = new URLSearchParams(before);
    const moved = triggered.map((each) => each.prop_id.split(".")[0]);
    inputs_list.forEach((control, at) => {
      const part = called(control.id), now = values[at] || null;
      if (!moved.includes(control.id) || now === (search.get(part) || unsaid(part, head))) return;
      if (now === unsaid(part)) search.delete(part);
      else search.set(part, now);
    });
    if (search.toString() === new URLSearchParams(before).toString()) return NOTHING();
    changeScope(words(search), head); // the address says so only after the page was drawn once more
    return words(search);
  };

  const link = () => {
    const now = new URLSearchParams(window.location.search);
    document.querySelectorAll(`${HEAD} a.inner`).forEach((each) => {
      const kept = new URLSearchParams(now);
      if (each.matches(".meeting-link")) kept.set("meeting", "1");
      if (each.search !== words(kept)) each.search = words(kept);
    });
    const filters = parts().filter((each) => !BESIDES.includes(each));
    const number = filters.filter((each) => (now.get(each) || unsaid(each)) !== unsaid(each)).length || "";
    const shown = document.querySelector(`${HEAD} .how-many`);
    if (shown && shown.textContent !== String(number)) shown.textContent = number;
  };

  /* The scope as a place of a drawing says it: its day named, its parts in their order. */
  const scopeOf = (now, head) => {
    const scope = new URLSearchParams();
    parts().forEach((part) => {
      const said = now.get(part) || (part === "as_of" ? unsaid(part, head) : null);
      if (said && said !== unsaid(part)) scope.set(part, said);
    });
    return "?" + scope;
  };

  /* Before the page is answered: what draws on it may ask for its drawing of the new scope. */
  const changeScope = (search, head) => window.yanpan.tellScope(scopeOf(new URLSearchParams(search || ""), head));

  const followAddress = (search, head) => {
    const now = new URLSearchParams(search || "");
    parts().forEach((part) => {
      const control = PREFIX + part, wanted = now.get(part) || unsaid(part, head);
      const held = window.dash_component_api.getLayout(control);
      if (held && (held.props.value || null) !== wanted) window.dash_clientside.set_props(control, { value: wanted });
    });
    link();
    return NOTHING();
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, { yanpan: { chooseScope, changeScope, followAddress } });

  const begin = () => new MutationObserver(link)
    .observe(document.querySelector("body"), { childList: true, subtree: true });
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
