export type PanelTheme = "dark" | "light" | "highContrast" | "highContrastLight";

/** The class of the page's body and the variables, as the editor gives them to a web view. */
export interface ThemeSetting {
  readonly bodyClass: string;
  readonly colours: Readonly<Record<string, string>>;
}

const fonts = {
  "font-family": 'system-ui, "Noto Sans", "DejaVu Sans", sans-serif',
  "font-size": "13px",
  "font-weight": "normal",
  "editor-font-family": '"DejaVu Sans Mono", monospace',
};

/**
 * Colours of the editor's default themes: Dark Modern, Light Modern, and the two high-contrast
 * ones, in this order.
 */
const none = undefined;
const colours: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "debugTokenExpression-boolean": ["#4e94ce", "#0000ff", "#4e94ce", "#0000ff"],
  "debugTokenExpression-string": ["#ce9178", "#a31515", "#ce9178", "#a31515"],
  "debugTokenExpression-number": ["#b5cea8", "#098658", "#b5cea8", "#098658"],
  "symbolIcon-functionForeground": ["#b180d7", "#652d90", "#b180d7", "#652d90"],
  "symbolIcon-classForeground": ["#ee9d28", "#d67e00", "#ee9d28", "#d67e00"],
  "symbolIcon-variableForeground": ["#75beff", "#007acc", "#75beff", "#007acc"],
  foreground: ["#cccccc", "#3b3b3b", "#ffffff", "#292929"],
  descriptionForeground: ["#9d9d9d", "#3b3b3b", "#ffffffb3", "#292929b3"],
  errorForeground: ["#f85149", "#f85149", "#f48771", "#b5200d"],
  focusBorder: ["#0078d4", "#005fb8", "#f38518", "#006bbd"],
  "sideBar-background": ["#181818", "#f8f8f8", "#000000", "#ffffff"],
  "sideBarSectionHeader-border": ["#2b2b2b", "#e5e5e5", "#6fc3df", none],
  "editor-background": ["#1f1f1f", "#ffffff", "#000000", "#ffffff"],
  "editor-foreground": ["#cccccc", "#3b3b3b", "#ffffff", "#292929"],
  "editorLineNumber-foreground": ["#6e7681", "#6e7681", "#ffffff", "#237893"],
  "editorWidget-background": ["#202020", "#f8f8f8", "#0c141f", none],
  "editorWarning-foreground": ["#cca700", "#bf8803", "#ffd370", "#895503"],
  "widget-border": ["#313131", "#e5e5e5", none, none],
  "widget-shadow": ["#0000005c", "#00000029", none, none],
  "textLink-foreground": ["#4daafc", "#005fb8", "#21a6ff", "#0f4a85"],
  "textPreformat-foreground": ["#d0d0d0", "#3b3b3b", "#000000", "#ffffff"],
  "textPreformat-background": ["#3c3c3c", "#0000001f", "#ffffff", "#09345f"],
  "textBlockQuote-background": ["#3c3c3c", "#0000001f", "#ffffff", "#09345f"],
  "button-background": ["#0078d4", "#005fb8", "#000000", "#0f4a85"],
  "button-foreground": ["#ffffff", "#ffffff", "#ffffff", "#ffffff"],
  "button-hoverBackground": ["#026ec1", "#0258a8", none, none],
  "button-border": ["#ffffff12", "#0000001a", "#6fc3df", none],
  "toolbar-hoverBackground": ["#5a5d5e50", "#b8b8b850", none, none],
  "input-background": ["#313131", "#ffffff", "#000000", "#ffffff"],
  "input-foreground": ["#cccccc", "#3b3b3b", "#ffffff", "#292929"],
  "input-border": ["#3c3c3c", "#cecece", "#6fc3df", "#0f4a85"],
  "input-placeholderForeground": ["#989898", "#767676", "#ffffffb3", "#292929b3"],
  "progressBar-background": ["#0078d4", "#005fb8", "#6fc3df", "#0f4a85"],
  "keybindingLabel-foreground": ["#cccccc", "#3b3b3b", "#ffffff", none],
  "charts-green": ["#89d185", "#388a34", "#89d185", "#374e06"],
  "diffEditor-insertedLineBackground": ["#9bb95533", "#9bb95533", none, none],
  "diffEditor-removedLineBackground": ["#ff000033", "#ff000033", none, none],
  "diffEditor-insertedTextBackground": ["#9ccc2c33", "#9ccc2c40", none, none],
  "diffEditor-removedTextBackground": ["#ff000033", "#ff000033", none, none],
  "gitDecoration-addedResourceForeground": ["#81b88b", "#587c0c", "#a1e3ad", "#374e06"],
  "gitDecoration-deletedResourceForeground": ["#c74e39", "#ad0707", "#c74e39", "#ad0707"],
  "scrollbarSlider-background": ["#79797966", "#64646466", "#6fc3df99", none],
  "scrollbarSlider-hoverBackground": ["#646464b3", "#646464b3", none, none],
  contrastBorder: [none, none, "#6fc3df", "#0f4a85"],
  contrastActiveBorder: [none, none, "#f38518", none],
  "diffEditor-insertedTextBorder": [none, none, "#33ff2e", "#374e06"],
  "diffEditor-removedTextBorder": [none, none, "#ff008f", "#ad0707"],
};

function setting(bodyClass: string, column: number): ThemeSetting {
  const own = Object.entries(colours).flatMap(([name, all]) => {
    const value = all[column];
    return value === undefined ? [] : [[name, value] as const];
  });
  const all = [...Object.entries(fonts), ...own];
  return {
    bodyClass,
    colours: Object.fromEntries(all.map(([name, value]) => [`--vscode-${name}`, value])),
  };
}

export const panelThemes: Readonly<Record<PanelTheme, ThemeSetting>> = {
  dark: setting("vscode-dark", 0),
  light: setting("vscode-light", 1),
  highContrast: setting("vscode-high-contrast", 2),
  highContrastLight: setting("vscode-high-contrast-light vscode-high-contrast", 3),
};
