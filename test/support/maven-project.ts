const plugin = (name: string, version: string): string =>
  `<plugin><artifactId>maven-${name}-plugin</artifactId><version>${version}</version></plugin>`;
/**
 * A project with JUnit. Maven takes what it needs from what earlier builds of this machine left.
 */
export const pom = [
  "<project><modelVersion>4.0.0</modelVersion>",
  "<groupId>org.example</groupId><artifactId>shop</artifactId><version>1</version>",
  "<properties><maven.compiler.release>17</maven.compiler.release></properties>",
  "<dependencies><dependency><groupId>org.junit.jupiter</groupId>",
  "<artifactId>junit-jupiter</artifactId><version>5.10.2</version><scope>test</scope>",
  "</dependency></dependencies><build><plugins>",
  ...[plugin("surefire", "3.2.5"), plugin("compiler", "3.13.0"), plugin("resources", "3.3.1")],
  "</plugins></build></project>",
].join("\n");
