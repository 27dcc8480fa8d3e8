// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * The text of one part of a message.
 *
 * @param text the text, HTML already reduced
 * @param html whether it was HTML
 * @param cut whether there was more of it than is kept
 */
record BodyText(String text, boolean html, boolean cut) {}
