// SPDX-License-Identifier: Apache-2.0

import { get } from "./api.js";
import { count, el, size, time } from "./dom.js";
import { message, original } from "./message.js";

/**
 * The views. `path` is the list, `path/ID` an entry of it. `item` makes the entry for the list,
 * `detail` the entry when it is open, and `label` a text for it. After the live event `updatedBy`,
 * the list is fetched again.
 */
export const views = {
  tickets: {
    name: "tickets",
    title: "Tickets",
    all: "All tickets",
    path: "api/tickets",
    kind: "ticket",
    updatedBy: "ticket",
    searchable: true,
    none: "Pick a ticket to read it here.",
    label: (ticket) => `Ticket ${ticket.id}: ${subject(ticket)}`,
    item: (ticket) => [
      el("span.who", {}, author(ticket)),
      time(ticket.updatedAt),
      el("span.what", {}, subject(ticket)),
      el("span.tag", {}, `#${ticket.id}`),
      el("span.tag", {}, count(ticket.messageCount, "message")),
    ],
    detail: ticketDetail,
  },
  postmaster: {
    name: "postmaster",
    title: "Postmaster",
    all: "All notes",
    path: "api/postmaster",
    kind: "note",
    updatedBy: "note",
    none: "Pick a note to read it here.",
    label: (note) => `Note ${note.id}: ${subject(note)}`,
    item: (note) => [
      el("span.who", {}, author(note)),
      time(note.receivedAt),
      el("span.what", {}, subject(note)),
      el("span.tag", {}, size(note.size)),
    ],
    detail: (note) => [
      el("h2", { "data-field": "subject" }, subject(note)),
      message(note, `api/postmaster/${note.id}`),
    ],
  },
  archive: {
    name: "archive",
    title: "Archive",
    all: "All of the archive",
    path: "api/archive",
    kind: "mail",
    updatedBy: "ticket",
    none: "Pick a mail to see what is kept of it.",
    label: (mail) => `Mail ${mail.mailId}`,
    item: (mail) => [
      el("span.who", {}, mail.sender || "<>"),
      time(mail.receivedAt),
      el("span.what", {}, `to ${mail.recipients.join(", ")}`),
      el("span.tag", {}, size(mail.size)),
    ],
    detail: (mail) => [
      el("h2", {}, `Mail ${mail.mailId}`),
      el("p.facts", {}, "From ", el("b", {}, mail.sender || "<>"), " to ", el("b", {}, mail.recipients.join(", ")), ", ", time(mail.receivedAt)),
      el("p", {}, original(`api/archive/${mail.id}`, mail.size)),
    ],
  },
};

/** Fetches an entry and returns the elements that show it. */
export async function open(view, id) {
  return view.detail(await get(`${view.path}/${id}`));
}

function subject(entry) {
  return entry.subject || "(no subject)";
}

function author(entry) {
  return entry.from || entry.sender || "(unknown)";
}

function ticketDetail(ticket) {
  const older = el("button.more", { type: "button" }, "Show further messages");
  const messages = el("div.messages", {});
  show(ticket);
  older.addEventListener("click", async () => {
    show(await get(`api/tickets/${ticket.id}`, { from: messages.children.length + 1 }));
  });
  return [
    el("h2", { "data-field": "subject" }, subject(ticket)),
    el("p.facts", {}, `#${ticket.id} · opened `, time(ticket.openedAt), ` · ${count(ticket.messageCount, "message")} · mail to `,
      el("code", { "data-field": "address" }, ticket.address), " adds to it"),
    messages,
    older,
  ];

  function show(some) {
    messages.append(...some.messages.map((one) => message(one, `api/tickets/${ticket.id}/messages/${one.number}`)));
    older.hidden = messages.children.length >= some.messageCount;
  }
}
