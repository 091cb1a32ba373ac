// Runs before anything is painted, so that a dark page never flashes white, and asks for the figures while the page itself is still on its way.
import { dataAddress, readAddress } from './address';
import { askEarly, key } from './api';
import { show } from './theme';

show();
if (key.get() !== null) askEarly(dataAddress(readAddress()));
