// SPDX-License-Identifier: Apache-2.0

/*
 * The page of the help desk. Strangers wrote what it shows, so every text goes into the document as
 * text, through el() in dom.js.
 *
 * Tests can rely on these selectors when the design changes:
 *   #tickets                      the list of the view; [data-ticket-id], [data-note-id] or
 *                                 [data-mail-id] on its entries, the newest first
 *   #search                       the search box
 *   #empty                        shown instead when there is nothing to list
 *   #more                         the button for older entries
 *   #ticket                       the open entry; its id is data-ticket-id (-note-id, -mail-id)
 *   [data-message-number]         a message in it
 *   [data-field="..."]            in it: subject, address; in a message: from, to, text, sender, ...
 *   [data-field="verified"]       in a message of a verified agent
 *   [data-field="sending"]        in an agent's answer; its data-state is waiting, sent or failed
 *   [data-attachment-number]      a file in a message; the link in it downloads
 *   a.original                    the link to a message as it arrived
 *   #live[data-state="live"]      live updates work; "connecting" if they do not
 *   #problem                      the error message
 *   nav [data-view="tickets"]     and "postmaster", "archive": the views
 * Addresses: #/tickets, #/tickets/12, #/postmaster, #/postmaster/3, #/archive, #/archive/5.
 */

import { ApiError, get } from "./api.js";
import { el } from "./dom.js";
import { emptyState } from "./empty.js";
import { List } from "./list.js";
import { listen } from "./live.js";
import { open, views } from "./views.js";

const SEARCH_DELAY_MILLIS = 200;
const REFRESH_DELAY_MILLIS = 150;

const byId = (id) => document.getElementById(id);
const search = byId("search");
const detail = byId("detail");
const ticket = byId("ticket");

const list = new List(byId("tickets"));
let view = null;
let openId = null;
let refreshTimer = 0;
let searchTimer = 0;

/** Runs an action and shows its error if a request fails. */
async function guarded(action) {
  try {
    await action();
    byId("problem").hidden = true;
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
  }
}

function route() {
  const [, name, id] = location.hash.match(/^#\/(\w+)(?:\/(\d+))?$/) ?? [];
  const wanted = Object.hasOwn(views, name ?? "") ? views[name] : views.tickets;
  if (wanted !== view) {
    enter(wanted);
  }
  openId = id ? Number(id) : null;
  list.select(openId);
  guarded(showOpen);
}

function enter(wanted) {
  view = wanted;
  search.value = "";
  byId("search-form").hidden = !view.searchable;
  byId("list-title").textContent = view.title;
  byId("back").textContent = view.all;
  byId("back").href = `#/${view.name}`;
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === view.name) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  startList();
}

function startList() {
  list.reset(view, search.value.trim());
  guarded(refresh);
}

/** Fetches new entries of the list. */
async function refresh() {
  const added = await list.refresh();
  if (added.length > 0) {
    byId("announce").textContent = `New: ${added.map(view.label).join(", ")}`;
  }
  await showAround();
}

/** Shows the elements that depend on the list. */
async function showAround() {
  list.select(openId);
  byId("more").hidden = !list.more;
  const empty = byId("empty");
  if (list.isEmpty) {
    empty.replaceChildren(...await emptyState(view, search.value.trim()));
  }
  empty.hidden = !list.isEmpty;
}

/** Shows the open entry, with the focus on it if it was not open before. */
async function showOpen() {
  const [shownView, id] = [view, openId];
  document.body.dataset.pane = id === null ? "list" : "detail";
  const content = id === null ? [el("p.none", {}, view.none)] : await open(view, id).catch(missing);
  if (shownView !== view || id !== openId) {
    return;
  }
  const key = `${view.kind}Id`;
  const isSame = ticket.dataset[key] === String(id);
  for (const other of Object.keys(ticket.dataset)) {
    delete ticket.dataset[other];
  }
  ticket.replaceChildren(...content);
  document.title = id === null ? "Help desk" : `${ticket.querySelector("h2")?.textContent} · Help desk`;
  if (id !== null) {
    ticket.dataset[key] = id;
    if (!isSame) {
      detail.scrollTop = 0;
      detail.focus({ preventScroll: true });
    }
  }
}

function missing(error) {
  if (!(error instanceof ApiError)) {
    throw error;
  }
  return [el("p.none", {}, error.message)];
}

/** Handles a live event. Several in a row are one refresh. */
function onUpdate(kind, id) {
  if (kind === view.updatedBy) {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(() => guarded(refresh), REFRESH_DELAY_MILLIS);
  }
  if (kind === "ticket" && view === views.tickets) {
    guarded(() => refreshTicket(id));
  }
}

/** Updates a ticket that is further down the list, or open. */
async function refreshTicket(id) {
  if (list.has(id)) {
    list.update(await get(`${view.path}/${id}`, { limit: 1 }));
  }
  if (openId === id) {
    await showOpen();
  }
}

function onSearch() {
  clearTimeout(searchTimer);
  searchTimer = setTimeout(startList, SEARCH_DELAY_MILLIS);
}

/** "/" goes to the search, Escape leaves it, the arrows move through the list. */
function onKey(event) {
  const isTyping = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !isTyping && view.searchable) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && event.target === search) {
    search.value = "";
    onSearch();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    moveFocus(event, event.key === "ArrowDown" ? 1 : -1);
  }
}

function moveFocus(event, step) {
  const links = [...byId("tickets").querySelectorAll("a")];
  const at = links.indexOf(event.target);
  const next = event.target === search && step > 0 ? links[0] : at >= 0 ? links[at + step] : undefined;
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

search.addEventListener("input", onSearch);
byId("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  startList();
});
byId("more").addEventListener("click", () => guarded(async () => {
  await list.older();
  await showAround();
}));
document.addEventListener("keydown", onKey);
addEventListener("hashchange", route);

route();
listen({
  onOpen: () => guarded(refresh),
  onUpdate,
  onState: (state) => {
    byId("live").dataset.state = state;
    byId("live").textContent = state === "live" ? "Live" : "Connecting";
  },
});
