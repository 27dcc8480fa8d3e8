// SPDX-License-Identifier: Apache-2.0

import { get } from "./api.js";
import { el } from "./dom.js";
import { views } from "./views.js";

/** Explains why the list of a view is empty, and how to fill it. */
export async function emptyState(view, query) {
  if (query) {
    return [el("h2", {}, "Nothing found"), el("p", {}, `No ticket has “${query}” in its subject, people or text.`)];
  }
  if (view === views.archive) {
    return [el("h2", {}, "The archive is empty"), el("p", {}, "It keeps a copy of all mail to support.")];
  }
  const { smtp } = await get("api/desk");
  return view === views.tickets
    ? firstMail("No tickets yet", "Mail to support@example.com opens one. Send the first:", smtp, "support@example.com")
    : firstMail("No notes yet", "Mail to the postmaster is kept here. Try it:", smtp, "postmaster@example.com");
}

function firstMail(title, explanation, smtp, recipient) {
  const command = [
    `printf 'From: me@example.org\\nTo: ${recipient}\\nSubject: Hello\\n\\nIt works.\\n' |`,
    `curl smtp://${smtp} --crlf --upload-file - \\`,
    `  --mail-from me@example.org --mail-rcpt ${recipient}`,
  ].join("\n");
  const copy = el("button.copy", { type: "button" }, "Copy");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command);
    copy.textContent = "Copied";
  });
  return [el("h2", {}, title), el("p", {}, explanation), el("pre", {}, el("code", { id: "first-mail" }, command)), copy];
}
