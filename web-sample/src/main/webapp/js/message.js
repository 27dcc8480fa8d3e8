// SPDX-License-Identifier: Apache-2.0

import { el, size, time } from "./dom.js";

const COLOURS = 8;

/** Shows a mail: sender, time, text, files, and the link to the original. */
export function message(mail, path) {
  const article = el(mail.agent ? "article.message.agent" : "article.message", { "data-message-number": mail.number ?? false },
    head(mail),
    ...(mail.answer ? [sending(mail.answer)] : []),
    ...mail.remarks.map((remark) => el("p.note", {}, remark)),
    text(mail),
  );
  if (mail.textTruncated) {
    article.append(el("p.note", {}, "The text is longer than this; the original has all of it."));
  }
  if (mail.attachments?.length) {
    article.append(files(mail.attachments, path));
  }
  article.append(el("footer", {}, original(path, mail.size)));
  return article;
}

/** Makes the link to a mail as it arrived. */
export function original(path, octets) {
  return el("a.original", { href: `${path}/content`, download: true }, `Original, ${size(octets)}`);
}

function head(mail) {
  const from = mail.from || mail.sender || "(unknown)";
  const name = mail.agent || from;
  return el("header", {},
    el(`span.avatar.avatar-${colour(name)}`, { "aria-hidden": "true" }, initial(name)),
    el("div", {},
      el("div.author", {},
        el("b.from", { "data-field": "from" }, name),
        ...(mail.agent ? [el("span.verified", { "data-field": "verified", title: `The server knows the sender as ${mail.agent}` }, "Verified")] : []),
      ),
      el("p.to", {}, "to ", el("span", { "data-field": "to" }, mail.to || mail.recipients.join(", "))),
    ),
    time(mail.receivedAt),
    el("details", {},
      el("summary", {}, "Details"),
      facts({
        From: mail.agent && from,
        Sender: mail.sender || "<> (null reverse-path)",
        Recipients: mail.recipients.join(", "),
        Cc: mail.cc,
        Subject: mail.subject,
        Date: mail.date,
        Id: mail.mailId,
      }),
    ),
  );
}

/** Shows the state of an answer: one word, then the details. */
function sending(answer) {
  const to = answer.recipient;
  const words = {
    sent: () => ["Sent", ` to ${to}, `, time(answer.sentAt)],
    waiting: () => answer.reason
      ? ["Not sent", ` to ${to}: ${answer.reason}. Next attempt `, time(answer.nextAttemptAt)]
      : ["Sending", ` to ${to}`],
    failed: () => ["Not sent", `${to && ` to ${to}`}: ${answer.reason}.`],
  }[answer.state]();
  return el("p.sending", { "data-field": "sending", "data-state": answer.state, "data-problem": answer.reason !== "" },
    el("span", {}, el("b", {}, words[0]), ...words.slice(1)));
}

function facts(entries) {
  const list = el("dl", {});
  for (const [term, value] of Object.entries(entries)) {
    if (value) {
      list.append(el("dt", {}, term), el("dd", { "data-field": term.toLowerCase() }, value));
    }
  }
  return list;
}

function text(mail) {
  if (!mail.text) {
    return el("p.text.none", { "data-field": "text" }, "No text.");
  }
  const block = el("div.text", { "data-field": "text", dir: "auto" });
  for (const run of runs(mail.text)) {
    block.append(el(run.quoted ? "span.quoted" : "span", {}, run.text));
  }
  return block;
}

/** Splits the text where quoted lines (">") begin and end. The runs joined are the text. */
function runs(whole) {
  const all = [];
  for (const line of whole.split(/(?<=\n)/)) {
    const quoted = line.startsWith(">");
    const last = all[all.length - 1];
    if (last && last.quoted === quoted) {
      last.text += line;
    } else {
      all.push({ quoted, text: line });
    }
  }
  return all;
}

function files(attachments, path) {
  return el("ul.files", { "aria-label": "Attachments" }, ...attachments.map((file) =>
    el("li", { "data-attachment-number": file.number },
      el("a", { href: `${path}/attachments/${file.number}`, download: true },
        el("span.name", {}, file.name),
        el("span.tag", {}, `${file.type}, ${size(file.size)}${file.damaged ? ", damaged" : ""}`),
      ))));
}

function initial(name) {
  return (name.match(/\p{L}|\p{N}/u)?.[0] ?? "?").toUpperCase();
}

function colour(name) {
  let hash = 0;
  for (const character of name) {
    hash = (hash * 31 + character.codePointAt(0)) % 997;
  }
  return hash % COLOURS;
}
