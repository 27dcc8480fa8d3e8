// SPDX-License-Identifier: Apache-2.0
/** How a client proves who it is: SASL mechanisms (RFC 4422) as a server offers them. */
package org.smtpinflow.smtp.sasl;
