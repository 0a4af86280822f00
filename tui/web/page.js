// What makes the page one person's own. The address holds a key that works once; the secret that the server gives for
// it stays in this tab, where no other server and no other page can ask for it, and lasts when the page is loaded again.
"use strict";
{
  const SECRET = "roommate-tui";
  const texts = document.body.dataset; // the sentences, in the language of the server
  const asked = new URLSearchParams(location.search);
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  history.replaceState(null, "", location.pathname + location.search); // before anything that takes time
  addEventListener("hashchange", () => location.reload()); // another address was opened in this tab

  const again = document.getElementById("again");
  again.addEventListener("click", () => location.reload());
  const tell = (why) => {
    document.getElementById("why").textContent = why;
    again.hidden = sessionStorage.getItem(SECRET) === null;
    document.body.classList.add("-closed");
  };

  const exchange = async () => {
    if (key !== null) {
      const answer = await fetch("/tab", { method: "POST", headers: { "Roommate-Key": key } });
      const text = await answer.text();
      if (answer.ok) sessionStorage.setItem(SECRET, text);
      else if (sessionStorage.getItem(SECRET) === null) throw new Error(text);
    } else if (sessionStorage.getItem(SECRET) === null) {
      throw new Error(texts.stranger);
    }
  };

  // textual.js opens a socket by its address alone; whatever port leads here, the socket is beside the page.
  const terminal = document.getElementById("terminal");
  terminal.dataset.sessionWebsocketUrl = `ws://${location.host}/ws`;
  terminal.dataset.fontSize = Number(asked.get("fontsize")) || 16;
  window.WebSocket = class extends WebSocket {
    constructor(url) {
      super(url, ["roommate-tui", sessionStorage.getItem(SECRET)]);
      let opened = false;
      this.addEventListener("open", () => { opened = true; });
      this.addEventListener("close", (event) => {
        const why = opened ? texts.ended : `${texts.lost} ${texts.stranger}`;
        tell(event.code === 1013 ? texts.full : event.reason || why);
      });
    }
  };

  // Keys go to the program as soon as it has drawn something; before that the socket is not open.
  new MutationObserver((_, observer) => {
    if (document.body.classList.contains("-first-byte")) {
      observer.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] });

  const start = window.onload; // of textual.js; it has to wait for the secret
  window.onload = null;
  const loaded = new Promise((resolve) => addEventListener("load", resolve));
  Promise.all([exchange(), loaded]).then(start, (error) => tell(error.message));
}
