import type { Language } from "../language";
import { markup } from "../shared-facts";

export const xml: Language = {
  id: "xml",
  aliases: "xsl xslt xsd svg plist rss atom wsdl xaml axaml fxml csproj msbuild pom",
  files: `
    .xml .xsd .csproj .fsproj .vbproj .vcxproj .props .targets .proj .nuspec .xaml .axaml .svg .rss
    .atom .rdf .wsdl .dtd .xlf .xliff .plist .storyboard .iml .opml .resx`,
  families: "markup",
  holds: "vue svelte",
  facts: markup,
  quietAs: "thinkaloud-xml",
};

export const xsl: Language = { id: "xsl", dialectOf: "xml", files: ".xsl .xslt" };
