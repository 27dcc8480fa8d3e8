// SPDX-License-Identifier: Apache-2.0
/** The names in X.509 certificates. May import nothing of this project. */
package org.smtpinflow.smtp.x509;
