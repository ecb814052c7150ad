/* A part of a page that comes as finished markup: the server has escaped all that a ledger says. */
(() => {
  const Still = (props) => window.React.createElement(props.tag, {
    ...props.attributes, dangerouslySetInnerHTML: { __html: props.markup },
  });
  window.yanpan = { ...window.yanpan, Still };
})();
