/* Drawings on their way before the page that holds their places has come: a change of the scope asks
   for both at once. What is asked for ahead and then not wanted is dropped. */
(() => {
  const ahead = new Map(); // address and publication → what will be answered
  let told = "";

  const fetched = (url) => fetch(url, { headers: { Accept: "text/html" } }).then(async (answer) => {
    const text = await answer.text();
    if (!answer.ok || answer.redirected) throw new Error(answer.status === 400 ? text : "");
    return text; // the server has escaped all that a ledger says
  });

  const called = (url, stand) => url + "\n" + stand;

  /* The drawing of an address: the one that is on its way, else asked for now. */
  const drawing = (url, stand) => {
    const early = ahead.get(called(url, stand));
    ahead.delete(called(url, stand));
    return early || fetched(url);
  };

  /* What stood in the place before stands in the new one until it is replaced; where its drawing
     comes before the next frame is shown, nobody sees the difference and nothing is moved. */
  const keepStanding = (place, before) => {
    const nodes = [...before.childNodes];
    window.requestAnimationFrame(() => { if (place.isConnected && !place.firstChild) place.append(...nodes); });
  };

  /* Places say at «yanpan:scope» what they will ask for if they stand in the new scope as now. */
  const askAhead = (url, stand) => {
    const answer = fetched(url);
    answer.catch(() => ahead.delete(called(url, stand))); // whoever needs it asks again
    ahead.set(called(url, stand), answer);
  };

  /* The scope that is being changed to, as a place of the page says it: «?as_of=…&unit=…». */
  const tellScope = (search) => {
    if (search === told) return;
    told = search;
    ahead.clear();
    document.dispatchEvent(new CustomEvent("yanpan:scope", { detail: search }));
  };

  window.yanpan = { ...window.yanpan, drawing, keepStanding, askAhead, tellScope };
})();
