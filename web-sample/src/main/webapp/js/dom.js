// SPDX-License-Identifier: Apache-2.0

/**
 * Makes an element. Everything that may come from a mail goes through here, and becomes text or the
 * value of an attribute; there is no way to pass markup.
 *
 * @param {string} tag its name, perhaps with classes: "p.note"
 * @param {Object<string, string|number|boolean>} attributes false leaves one out
 * @param {...(Node|string)} children
 */
export function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  element.classList.add(...classes);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) {
      element.setAttribute(attribute, value === true ? "" : String(value));
    }
  }
  element.append(...children);
  return element;
}

/** Shows a time: short, with the whole of it as a tooltip. */
export function time(iso) {
  const date = new Date(iso);
  return el("time", { datetime: iso, title: full.format(date) }, shorten(date));
}

const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

function shorten(date) {
  const now = new Date();
  if (date.toDateString() === now.toDateString()) {
    return clock.format(date);
  }
  return date.getFullYear() === now.getFullYear() ? dayAndClock.format(date) : day.format(date);
}

/** Writes a number of octets for people. */
export function size(octets) {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let value = octets;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${value} ${value === 1 ? "byte" : "bytes"}` : `${value.toFixed(1)} ${units[unit]}`;
}

/** Writes "1 message", "2 messages". */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
