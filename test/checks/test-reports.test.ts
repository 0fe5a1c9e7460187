import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { placesIn } from "../../src/checks/tests/suspects";
import { clearReports, readReports } from "../../src/checks/tests/test-reports";
import { folderForTest } from "../support/folder-for-test";

let folder: string;
let copy: string;
beforeEach(() => {
  folder = folderForTest("reports ");
  copy = join(folder, "copy");
});

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** As Surefire writes it, Gradle nearly so. */
const junit = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="shop.NetTest" tests="5" errors="1" skipped="1" failures="1">
  <properties><property name="java.class.path" value="a&lt;b"/></properties>
  <testcase name="zero" classname="shop.NetTest" time="0.286"/>
  <testcase name="first()" classname="shop.NetTest" time="0.122">
    <error message="Index 1 out of bounds for length 1" type="java.lang.ArrayIndexOutOfBoundsException"><![CDATA[java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1
	at shop.Net.first(Net.java:9)
	at shop.NetTest.first(NetTest.java:25)
	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
]]></error>
  </testcase>
  <testcase name="later" classname="shop.NetTest"><skipped message="is @Disabled"/></testcase>
  <testcase name="divides" classname="shop.NetTest" time="0.052">
    <failure message="the &quot;net&quot; price ==&gt; expected: &lt;4&gt; but was: &lt;36&gt;" type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError: the "net" price ==> expected: <4> but was: <36>
	at org.junit.jupiter.api.Assertions.assertEquals(Assertions.java:563)
	at shop.NetTest.divides(NetTest.java:20)
	at java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
]]></failure>
    <system-out><![CDATA[<testcase name="printed" classname="nowhere"/>]]></system-out>
  </testcase>
  <testcase name="one" classname="shop.NetTest$Inner" time="0.008"/>
</testsuite>`;

const trx = (
  place: string,
): string => `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
  <UnitTestResult testName="Shop.NetTest.Zero" outcome="Passed" duration="00:00:00.001" />
  <UnitTestResult testName="Shop.NetTest.Later" outcome="NotExecuted" />
  <UnitTestResult testName="Shop.NetTest.Divides" outcome="Failed"><Output><ErrorInfo>
    <Message>Assert.Equal() Failure&#xD;
Expected: 4 &amp; Actual: 36</Message>
    <StackTrace>   at Shop.Net.First(Int32[] all) in ${join(place, "src", "Net.cs")}:line 9
   at Xunit.Assert.Equal(Int32 a)
   at System.RuntimeMethodHandle.InvokeMethod(Object target)</StackTrace>
  </ErrorInfo></Output></UnitTestResult>
</Results></TestRun>`;

describe("the reports of a run", () => {
  it("tell of each test, and of the way to its failure", async () => {
    put("copy/target/surefire-reports/TEST-shop.NetTest.xml", junit);
    put("copy/target/surefire-reports/shop.NetTest.txt", "for people");
    const cases = await readReports(copy, { folder, project: copy });
    expect(cases.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "shop.NetTest.zero passed",
      "shop.NetTest.first failed",
      "shop.NetTest.divides failed",
      "shop.NetTest$Inner.one passed",
    ]);
    const [, first, divides] = cases;
    expect(first?.got).toBe(
      "java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1",
    );
    expect(divides?.got).toBe('the "net" price ==> expected: <4> but was: <36>');
    expect(divides?.frames).not.toMatch(/junit\.jupiter|java\.base/);
    const files = ["src/main/java/shop/Net.java", "src/test/java/shop/NetTest.java"];
    expect(placesIn(first?.frames ?? "", files)).toEqual([
      { file: files[0], line: 8 },
      { file: files[1], line: 24 },
    ]);
  });

  it.each(["build/test-results/test", "core/target/surefire-reports"])(
    "are found in %s",
    async (place) => {
      put(`copy/${place}/TEST-shop.NetTest.xml`, junit);
      expect(await readReports(copy, { folder, project: copy })).toHaveLength(4);
    },
  );

  it("are read in Microsoft's form", async () => {
    put("copy/TestResults/of-a-person.trx", trx(copy));
    const cases = await readReports(copy, { folder, project: copy });
    expect(cases).toMatchObject([
      { name: "Shop.NetTest.Zero", state: "passed" },
      {
        name: "Shop.NetTest.Divides",
        state: "failed",
        got: "Assert.Equal() Failure\nExpected: 4 & Actual: 36",
      },
    ]);
    expect(cases[1]?.frames).not.toContain(copy);
    expect(placesIn(cases[1]?.frames ?? "", ["src/Net.cs", "Net.cs"])).toEqual([
      { file: "src/Net.cs", line: 8 },
    ]);
    expect(cases[1]?.frames).not.toMatch(/Xunit|RuntimeMethodHandle/);
  });

  it.each(["", "<", "<testsuite><testcase name='a", "no xml at all", `${"<testcase>".repeat(9)}`])(
    "that are none tell of no more than they hold: %j",
    async (text) => {
      put("copy/target/surefire-reports/TEST-a.xml", text);
      expect((await readReports(copy, { folder, project: copy })).length).toBeLessThanOrEqual(1);
    },
  );

  it("of an earlier run are gone before the next, and nothing else is", async () => {
    put("copy/target/surefire-reports/TEST-shop.NetTest.xml", junit);
    put("copy/target/classes/Net.class", "");
    await clearReports(copy, folder);
    expect(await readReports(copy, { folder, project: copy })).toEqual([]);
    expect(existsSync(join(copy, "target/classes/Net.class"))).toBe(true);
  });

  it("that a link leads to are neither read nor removed", async () => {
    put("theirs/surefire-reports/TEST-shop.NetTest.xml", junit);
    mkdirSync(join(copy, "build/test-results/test"), { recursive: true });
    symlinkSync(join(folder, "theirs"), join(copy, "target"));
    const report = join(folder, "theirs/surefire-reports/TEST-shop.NetTest.xml");
    symlinkSync(report, join(copy, "build/test-results/test/TEST-a.xml"));
    expect(await readReports(copy, { folder: copy, project: copy })).toEqual([]);
    await clearReports(copy, copy);
    expect(existsSync(report)).toBe(true);
  });
});
