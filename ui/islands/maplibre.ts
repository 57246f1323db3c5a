// The one place that loads MapLibre: it must be told where its worker is, or a production build stays blank.

import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(workerUrl);

export { GeoJSONSource, Map, Marker } from "maplibre-gl";
export type {
  ExpressionSpecification,
  LayerSpecification,
  LngLatBoundsLike,
  MapGeoJSONFeature,
  MapMouseEvent,
  SourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";

/** Chinese is drawn with the machine's own fonts: no font files, no glyph server. */
export const ideographs = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";
