// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a MIME message as a person would: {@link MimeReader} first. Messages are written by
 * strangers, so each class bounds what a message can cost and says so in its javadoc.
 *
 * <p>This package imports Jakarta Mail, the API and an HTML tokenizer. It knows no other package of
 * the sample, no container and no database.
 */
package org.smtpinflow.sample.helpdesk.mime;
