// SPDX-License-Identifier: Apache-2.0
/** TLS as a server needs it: certificates from files, replaced while it runs (RFC 3207, 8314). */
package org.smtpinflow.smtp.tls;
