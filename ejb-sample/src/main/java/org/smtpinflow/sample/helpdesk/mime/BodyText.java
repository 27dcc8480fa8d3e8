// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

/**
 * The text of one part of a message.
 *
 * @param text the text; if it was HTML, reduced to text
 * @param html whether it was HTML
 * @param cut whether some of it was left out
 */
record BodyText(String text, boolean html, boolean cut) {}
