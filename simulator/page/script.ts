/**
 * What the page does in a browser, beyond links and forms: it fetches the same page again, when the simulator reports a
 * change or a link or form is used, and puts the new part in place of the old one. All that is shown is rendered by the
 * simulator. Plain JavaScript, sent as it is written here.
 */
export const pageScript = `"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  let queue = Promise.resolve();
  let isRefreshing = false;
  let cameFrom = "";
  let shown = byId("view").innerHTML;

  // One after the other: a slow response must not replace a newer one.
  const enqueue = (task) => (queue = queue.then(task).catch(() => undefined));

  async function load(url, init) {
    const response = await fetch(url, init);
    const isPage = (response.headers.get("content-type") || "").startsWith("text/html");
    if (!isPage) return say("problem", "Refused: " + (await response.text())), response;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    say("news", page.getElementById("news").textContent);
    if (init) say("problem", page.getElementById("problem").textContent);
    replace(page, !init);
    return response;
  }

  // Only what differs is put in: a live region reads out every change.
  function say(id, text) {
    if (byId(id).textContent !== text) byId(id).textContent = text;
  }

  function replace(page, mark) {
    const old = byId("view");
    const view = page.getElementById("view");
    if (view.innerHTML === shown) return;
    shown = view.innerHTML;
    for (const one of old.querySelectorAll("details[id], input[id], textarea[id], select[id]")) {
      const other = page.getElementById(one.id);
      if (other === null) continue;
      if (one.localName === "details") other.open = one.open || (!mark && other.open);
      else if (one.localName === "select" ? hasOption(other, one.value) : one.value !== one.defaultValue) other.value = one.value;
    }
    if (mark) for (const one of view.querySelectorAll(".node[id]")) {
      if (byId(one.id)?.textContent !== one.textContent) one.classList.add("changed");
    }
    const focused = old.contains(document.activeElement) ? document.activeElement.id : undefined;
    old.replaceWith(document.adoptNode(view));
    if (focused !== undefined) focus(focused) || focus("selected") || focus("live");
  }

  const hasOption = (select, value) => [...select.options].some((option) => option.value === value);

  function focus(id) {
    const target = id === "" ? null : byId(id);
    target?.focus({ preventScroll: target.id === "selected" });
    return target !== null && document.activeElement === target;
  }

  function refresh() {
    if (isRefreshing) return;
    isRefreshing = true;
    enqueue(() => {
      isRefreshing = false;
      return load(location.href);
    });
  }

  function go(href) {
    const { hash } = new URL(href, location.href);
    const id = decodeURIComponent(hash.slice(1));
    const back = cameFrom;
    cameFrom = id === "selected" ? document.activeElement.id : "";
    history.pushState(null, "", href);
    enqueue(async () => {
      await load(href, {});
      if (!id) return void focus(back);
      byId(id)?.closest("details")?.setAttribute("open", "");
      if (!focus(id)) byId(id)?.querySelector("a")?.focus();
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    link.focus();
    go(link.getAttribute("href"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || byId("close") === null || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    go(byId("close").getAttribute("href"));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    // Not form.action: that is the button of this name.
    const url = form.getAttribute("action");
    const body = new URLSearchParams(new FormData(form, event.submitter));
    enqueue(async () => {
      const response = await load(url, { method: "POST", body });
      if (response.redirected) history.replaceState(null, "", response.url);
    });
  });

  addEventListener("popstate", refresh);

  // A browser has few connections to one host: only a page that is seen keeps one.
  let events;
  function listen() {
    if (document.hidden || events !== undefined) return;
    events = new EventSource("/events");
    events.addEventListener("change", refresh);
    events.onopen = () => say("live", "Changes are shown as they happen.");
    events.onerror = () => {
      say("live", "Not connected: the simulator has stopped. What is shown may be out of date.");
      if (events.readyState === EventSource.CLOSED) stop(), setTimeout(listen, 3000);
    };
  }
  function stop() {
    events?.close();
    events = undefined;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
})();
`;
