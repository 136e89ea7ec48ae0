// Pages that only time fills: the demo has some terms behind it.

import { lookAt } from "../../support/looks/every.ts";
import { test } from "../../support/opening.ts";
import { OF_THE_DEMO } from "../../support/pages.ts";

test.use({ viewport: { width: 1280, height: 800 } });

OF_THE_DEMO.forEach(lookAt);
