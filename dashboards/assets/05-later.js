// A component library that only some pages need is fetched when one of its components is first
// shown. Until then a component of the same name stands for it; it goes on standing for it, so
// that what is on the page already is not built a second time.
(function () {
  "use strict";

  function fetched(address) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () {
        script.remove();
        reject(new Error(address));
      };
      document.head.appendChild(script);
    });
  }

  // A net that fails once, as on a train: asked again when the component is next shown.
  function standIn(about) {
    const name = about.component;
    let real = null;
    let waiting = null;

    function component(props) {
      const [is, set] = window.React.useState(real !== null);
      window.React.useEffect(function () {
        if (is) return undefined;
        let isShown = true;
        waiting = waiting || fetched(about.address).then(function () {
          real = window[about.library][name];
          window[about.library] = Object.assign({}, window[about.library], { [name]: component });
        });
        waiting.then(
          function () { if (isShown) set(true); },
          function () { waiting = null; }
        );
        return function () { isShown = false; };
      }, [is]);
      return is ? window.React.createElement(real, props) : null;
    }

    component.dashRenderType = true;
    return component;
  }

  document.querySelectorAll('meta[name="yanpan-later"]').forEach(function (meta) {
    const about = {
      address: meta.content, library: meta.dataset.library, component: meta.dataset.component,
    };
    window[about.library] = { [about.component]: standIn(about) };
  });
})();
