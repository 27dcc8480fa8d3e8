// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import java.util.List;
import java.util.Map;

/**
 * What a bean wrote down of one mail, in a transaction that committed.
 *
 * @param bean who wrote it
 * @param recipients the recipients that the bean was told of
 * @param size the size that the bean was told, in octets
 * @param sha256 the digest of what the bean read
 * @param content what the bean read, a character for each octet (ISO 8859-1); empty if it is longer
 *     than a mebioctet
 * @param facts whatever else it wrote
 */
public record Sighting(
    String bean,
    String mailId,
    List<String> recipients,
    long size,
    String sha256,
    String content,
    Map<String, String> facts) {}
