// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/** Chromium without a window, for tests of pages. */
public final class Browser {

  private static final Path SCREENSHOTS = TestEnvironment.BUILD.resolve("screenshots");

  private Browser() {}

  /**
   * Opens one that asks for nothing but the pages of the test; skips the test where it is not
   * installed.
   *
   * @param profile an empty directory of its own
   */
  public static ChromeDriver open(Path profile) {
    OsProgram.assumeInstalled("chromium");
    OsProgram.assumeInstalled("chromedriver");
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(OsProgram.find("chromium").toFile())
            .addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(OsProgram.find("chromedriver").toFile())
            .build(),
        options);
  }

  /**
   * Opens one as {@link #open(Path)} does, that shows so many pixels.
   *
   * @param profile an empty directory of its own
   */
  public static ChromeDriver open(Path profile, int width, int height) {
    ChromeDriver browser = open(profile);
    browser.manage().window().setSize(new Dimension(width, height));
    return browser;
  }

  /** Keeps what a browser shows, for the page in docs that has an image of that name. */
  public static void takeScreenshot(ChromeDriver browser, String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
