// SPDX-License-Identifier: Apache-2.0

import { list } from "./api.js";
import { el } from "./dom.js";

/**
 * The list of one view, the newest entry first. Entries are never removed, so entries that are
 * fetched again are merged into the list. The elements stay, and with them focus and scroll position.
 */
export class List {
  #element;
  #view;
  #query = "";
  #items = new Map();
  #turn = 0;
  #isLoaded = false;

  more = false;

  constructor(element) {
    this.#element = element;
  }

  get isEmpty() {
    return this.#isLoaded && this.#items.size === 0;
  }

  has(id) {
    return this.#items.has(id);
  }

  /** Starts over. */
  reset(view, query) {
    this.#view = view;
    this.#query = query;
    this.#turn++;
    this.#isLoaded = false;
    this.#items.clear();
    this.#element.replaceChildren();
    this.more = false;
  }

  /** Fetches the newest entries; returns those that are new since the last time. */
  async refresh() {
    const isFirst = !this.#isLoaded;
    const added = await this.#fetch({}, isFirst);
    if (isFirst) {
      return [];
    }
    added.forEach((entry) => this.#items.get(entry.id).classList.add("arrived"));
    return added;
  }

  /** Fetches the entries that follow the last one. */
  async older() {
    await this.#fetch({ before: Math.min(...this.#items.keys()) }, true);
  }

  /** Shows a newer state of an entry that is in the list. */
  update(entry) {
    if (this.#items.has(entry.id)) {
      this.#put(entry);
    }
  }

  /** Marks the entry that is open. */
  select(id) {
    for (const [itemId, item] of this.#items) {
      if (itemId === id) {
        item.firstElementChild.setAttribute("aria-current", "true");
      } else {
        item.firstElementChild.removeAttribute("aria-current");
      }
    }
  }

  /** Fetches a page. If the list was reset meanwhile, the page is dropped. */
  async #fetch(parameters, isLast) {
    const turn = this.#turn;
    const query = this.#query ? { q: this.#query, ...parameters } : parameters;
    const { entries, more } = await list(this.#view.path, query);
    if (turn !== this.#turn) {
      return [];
    }
    this.#isLoaded = true;
    this.more = isLast ? more : this.more;
    return entries.filter((entry) => this.#put(entry));
  }

  /** Returns whether the entry is new. */
  #put(entry) {
    const known = this.#items.get(entry.id);
    if (known) {
      known.firstElementChild.replaceChildren(...this.#view.item(entry));
      return false;
    }
    const link = el("a", { href: `#/${this.#view.name}/${entry.id}` }, ...this.#view.item(entry));
    const item = el("li", { [`data-${this.#view.kind}-id`]: entry.id }, link);
    const next = [...this.#items.keys()].filter((id) => id < entry.id);
    this.#element.insertBefore(item, next.length ? this.#items.get(Math.max(...next)) : null);
    this.#items.set(entry.id, item);
    return true;
  }
}
