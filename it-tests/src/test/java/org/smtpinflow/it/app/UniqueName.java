// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** A name that there can be once. */
@Entity
public class UniqueName {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE)
  private Long id;

  @Column(unique = true)
  private String name;

  /** Needed by JPA. */
  protected UniqueName() {}

  /** Makes a name. */
  public UniqueName(String name) {
    this.name = name;
  }

  /** Returns the key. */
  public Long getId() {
    return id;
  }

  /** Returns the name. */
  public String getName() {
    return name;
  }
}
