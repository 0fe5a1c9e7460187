import type { GraphicsCard } from "./graphics-memory";

/** A build of the engine's library that computes on the graphics card. */
export interface GraphicsBuild {
  readonly gpu: "vulkan" | "cuda";
  /** Size on the disk; absent where it is only known to be some hundred megabytes. */
  readonly bytes?: number;
}

/** As the packages' own pages tell, for an earlier release of the library. */
const vulkan: GraphicsBuild = { gpu: "vulkan", bytes: 34e6 };

/**
 * The builds that a machine with this card could use, the one that needs least first: Vulkan's
 * needs the card's driver alone, CUDA's NVIDIA's libraries as well. On Apple's chips the ordinary
 * build computes on the graphics part already.
 * @param platform such as `linux-x64`.
 */
export function graphicsBuilds(
  card: GraphicsCard | undefined,
  platform: string,
): readonly GraphicsBuild[] {
  if (card === undefined || card.maker === "apple") return [];
  if (platform !== "linux-x64" && platform !== "win32-x64") return [];
  return card.maker === "nvidia" ? [vulkan, { gpu: "cuda" }] : [vulkan];
}
