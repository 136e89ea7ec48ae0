// Pages that only time fills: the demo has some terms behind it.

import { lookAt } from "../../support/looks/every.ts";
import { OF_THE_DEMO } from "../../support/pages.ts";

lookAt(OF_THE_DEMO);
