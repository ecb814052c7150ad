// A login that has ended leaves no figures on the screen: the first answer that says so, at the
// latest to the page's own question for what is published, leads to the login and back again.
(() => {
  const ask = window.fetch;
  window.fetch = async (...about) => {
    const answer = await ask(...about);
    if (answer.status === 401 && answer.url.includes("/_dash-update-component")) {
      const place = window.location.pathname + window.location.search;
      window.location.assign("/login?next=" + encodeURIComponent(place));
      return new Promise(() => {}); // nothing waits for it any more
    }
    return answer;
  };
})();
