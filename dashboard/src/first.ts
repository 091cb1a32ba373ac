// Runs before anything is painted, so that a dark page never flashes white.
import { show } from './theme';

show();
