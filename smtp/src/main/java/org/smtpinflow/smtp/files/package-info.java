// SPDX-License-Identifier: Apache-2.0
/** Permissions of the files that the SMTP server creates. May import nothing of this project. */
package org.smtpinflow.smtp.files;
