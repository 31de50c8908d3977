package dev.siaran.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.spi.FreePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser. Skipped where there is none, except in CI. */
@EnabledIf(value = "isBrowserExpected", disabledReason = "No chromium and chromedriver on the PATH")
class DemoPageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ChromeDriver browser;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private DemoProcess demo;
    private int port;

    @BeforeAll
    static void openBrowser() {
        browser = Chromium.find()
                .orElseThrow(() ->
                        new AssertionError("No chromium and chromedriver on the PATH, and in CI no test is skipped"))
                .open();
    }

    static boolean isBrowserExpected() {
        return "true".equals(System.getenv("CI")) || Chromium.find().isPresent();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void startDemo() throws Exception {
        port = FreePorts.next();
        demo = DemoProcess.start(port);
    }

    @AfterEach
    void endDemo() {
        // A page that outlives its server would go on reconnecting, and complain in the next test's console
        browser.get("about:blank");
        demo.close();
    }

    @Test
    void connectsAndIsAliveAtFirstSight() {
        consoleMessages();
        browser.get(url("/"));

        awaitState("open");
        await(ExpectedConditions.numberOfElementsToBeMoreThan(By.cssSelector("#feed > li"), 1));
        await(ExpectedConditions.attributeToBeNotEmpty(browser.findElement(By.id("clock")), "datetime"));
        assertEquals(
                "demo",
                browser.findElement(By.cssSelector("[role=tab][aria-selected=true]"))
                        .getText());
        assertEquals(List.of(), consoleMessages());
    }

    @Test
    void showsWhatIsPublishedInItsBox() {
        openChannel("news");
        type("publish-name", "match");
        type("publish-data", "one\ntwo");

        browser.findElement(By.cssSelector("#publish .primary")).click();

        WebElement row = awaitRow("one\ntwo");
        assertEquals("match", row.findElement(By.className("event-name")).getText());
        await(ExpectedConditions.textToBePresentInElementLocated(By.id("publish-result"), "204"));
    }

    @Test
    void showsWhatIsPublishedByHttp() throws Exception {
        openChannel("news");

        publish("news", "headline", "It works");

        WebElement row = awaitRow("It works");
        String id = row.findElement(By.className("event-id")).getText();
        assertEquals("headline", row.findElement(By.className("event-name")).getText());
        await(ExpectedConditions.textToBe(By.id("last-id"), id));
    }

    @Test
    void resumesAChannelAfterTheLastEventItSaw() throws Exception {
        openChannel("news");
        publish("news", "headline", "seen");
        awaitRow("seen");
        browser.findElement(By.cssSelector("[data-channel=chat]")).click();
        awaitState("open");

        publish("news", "headline", "missed");
        browser.findElement(By.cssSelector("[data-channel=news]")).click();

        String id = awaitRow("missed").findElement(By.className("event-id")).getText();
        await(ExpectedConditions.textToBe(By.id("last-id"), id));
        assertEquals("2", browser.findElement(By.id("received")).getText());
    }

    @Test
    void survivesARestartOfTheServer() throws Exception {
        openChannel("news");
        publish("news", "headline", "before");
        awaitRow("before");

        demo.close();
        awaitState("reconnecting");
        demo = DemoProcess.start(port);
        awaitState("open");
        publish("news", "headline", "after");

        awaitRow("after");
        await(ExpectedConditions.textToBe(By.id("reconnects"), "1"));
        await(ExpectedConditions.presenceOfElementLocated(By.cssSelector("#feed > .gap")));
    }

    /** What the browser has complained about since the last call. */
    private static List<LogEntry> consoleMessages() {
        return browser.manage().logs().get(LogType.BROWSER).getAll();
    }

    private void openChannel(String channel) {
        browser.get("about:blank");
        browser.get(url("/#" + channel));
        awaitState("open");
    }

    private void publish(String channel, String name, String data) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url("/publish/" + channel + "?event=" + name)))
                .POST(BodyPublishers.ofString(data))
                .build();
        assertEquals(204, http.send(request, BodyHandlers.discarding()).statusCode());
    }

    private static void type(String id, String text) {
        WebElement field = browser.findElement(By.id(id));
        field.clear();
        field.sendKeys(text);
    }

    private static void awaitState(String state) {
        await(ExpectedConditions.attributeToBe(By.id("stream"), "data-state", state));
    }

    private static WebElement awaitRow(String data) {
        return await(driver -> driver.findElements(By.cssSelector("#feed > li")).stream()
                .filter(row ->
                        row.findElement(By.className("event-data")).getText().equals(data))
                .findFirst()
                .orElse(null));
    }

    private static <T> T await(ExpectedCondition<T> condition) {
        return new WebDriverWait(browser, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
