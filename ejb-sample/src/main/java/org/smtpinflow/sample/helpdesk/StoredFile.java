// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

/**
 * A file that is stored but not yet attached to a message.
 *
 * @param name the name that the sender gave it
 * @param type its media type, without parameters
 * @param damaged whether only a part of it could be decoded
 * @param content its octets
 */
record StoredFile(String name, String type, boolean damaged, StoredContent content) {}
