// SPDX-License-Identifier: Apache-2.0

/** A response other than the expected one. The message can be shown. */
export class ApiError extends Error {}

/** Fetches a JSON document. Throws an ApiError. */
export async function get(path, parameters = {}) {
  return (await request(path, parameters)).json();
}

/** Fetches a page of a list; `more` is whether there are older entries. Throws an ApiError. */
export async function list(path, parameters) {
  const response = await request(path, parameters);
  const more = (response.headers.get("Link") ?? "").includes('rel="next"');
  return { entries: await response.json(), more };
}

async function request(path, parameters) {
  const query = new URLSearchParams(parameters).toString();
  let response;
  try {
    response = await fetch(query ? `${path}?${query}` : path, { headers: { Accept: "application/json" } });
  } catch {
    throw new ApiError("The help desk cannot be reached.");
  }
  if (!response.ok) {
    throw new ApiError(await reason(response));
  }
  return response;
}

async function reason(response) {
  try {
    return `${(await response.json()).error}.`;
  } catch {
    return `The help desk answered ${response.status}.`;
  }
}
