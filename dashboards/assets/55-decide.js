/* 议定: the form stands in a window over the page, so that the meeting keeps what it looks at. The
   server draws the form and says what is wrong with it; without this the link leads to its page. */
(() => {
  const show = (dialog, text) => {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.setAttribute("aria-label", "关闭");
    close.textContent = "×";
    close.addEventListener("click", () => dialog.close());
    dialog.innerHTML = text; // the server has escaped all that was typed
    dialog.prepend(close);
  };

  const ask = (url, how) => fetch(url, { headers: { Accept: "text/html" }, ...how })
    .then(async (answer) => {
      const text = await answer.text();
      if (answer.redirected || (!answer.ok && answer.status !== 400)) throw new Error(answer.status);
      return text;
    });

  const failed = '<p class="said bad" role="alert">没有登记成，请刷新页面再试。</p>';

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.decide-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    const url = link.getAttribute("href") + "&part=1";
    const dialog = document.createElement("dialog");
    dialog.className = "decide-window form-page";
    dialog.setAttribute("aria-labelledby", "decide-title");
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    dialog.addEventListener("submit", (sent) => {
      sent.preventDefault();
      const form = sent.target, button = form.querySelector("button[type=submit]");
      button.disabled = true; // nothing is recorded twice
      ask(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)) })
        .then((text) => show(dialog, text))
        .catch(() => show(dialog, failed));
    });
    document.body.append(dialog);
    ask(url).then((text) => {
      show(dialog, text);
      dialog.showModal();
      dialog.querySelector("textarea").focus({ preventScroll: true });
    })
      .catch(() => { dialog.remove(); window.location.href = link.href; });
  });
})();
