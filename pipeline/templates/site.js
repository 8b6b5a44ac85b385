"use strict";
const root = document.documentElement;
const filiation = (window.filiation = { actions: [] });

// Language: carried by the address, because pages on disk share no storage.
function speak(language) {
  root.dataset.language = root.lang = language;
  for (const node of document.querySelectorAll("[data-en]")) {
    const text = node.dataset[language];
    node.hasAttribute("aria-label") ? node.setAttribute("aria-label", text) : (node.textContent = text);
  }
  for (const link of document.querySelectorAll("a[href]")) {
    const [path, hash] = link.getAttribute("href").split("#");
    if (!path || link.dataset.box !== undefined) continue;
    const address = path.split("?")[0] + (language === "en" ? "?lang=en" : "");
    link.setAttribute("href", hash ? address + "#" + hash : address);
  }
}
speak(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr");
document.getElementById("language").addEventListener("click", () => {
  speak(root.dataset.language === "en" ? "fr" : "en");
});

// A value shows the picture of its page, with its cell framed.
const viewer = document.getElementById("viewer");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-box]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const image = viewer.querySelector("img");
  const frame = viewer.querySelector(".frame");
  const [left, top, width, height] = link.dataset.box.split(" ");
  image.src = link.getAttribute("href");
  image.alt = viewer.querySelector("#viewer-caption").textContent = link.dataset.caption;
  frame.hidden = !height;
  if (height) Object.assign(frame.style, { left: left + "%", top: top + "%", width: width + "%", height: height + "%" });
  viewer.showModal();
  const reveal = () => height && frame.scrollIntoView({ block: "center", inline: "center" });
  image.complete ? reveal() : image.addEventListener("load", reveal, { once: true });
});
viewer.addEventListener("click", (event) => event.target === viewer && viewer.close());

// Search: the actions of a territory come in a script, because a page on disk may not fetch.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const form = document.querySelector(".search");
if (form) {
  const input = form.querySelector("input");
  const list = form.querySelector(".results");
  const count = form.querySelector(".count");
  const loaded = [];
  const load = () => {
    if (!loaded.length) {
      for (const source of form.dataset.sources.split(" ").filter(Boolean)) {
        loaded.push(new Promise((done) => {
          const script = document.createElement("script");
          script.src = form.dataset.root + source;
          script.onload = script.onerror = done;
          document.head.append(script);
        }));
      }
    }
    return Promise.all(loaded);
  };
  const search = async () => {
    await load();
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const found = words.length
      ? filiation.actions.filter((action) => words.every((word) => action.find.includes(word)))
      : [];
    list.replaceChildren(...found.slice(0, 50).map((action) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = form.dataset.root + action.href + (root.dataset.language === "en" ? "?lang=en" : "");
      link.textContent = action.label.length > 140 ? action.label.slice(0, 139) + "…" : action.label;
      item.append(link, " – " + action.about);
      return item;
    }));
    count.textContent = words.length ? found.length + " action" + (found.length > 1 ? "s" : "") : "";
  };
  filiation.add = (territory, actions) => {
    for (const [label, facts, href] of actions) {
      const about = [territory, facts].filter(Boolean).join(" · ");
      filiation.actions.push({ label, about, href, find: plain(label + " " + about) });
    }
  };
  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
}
