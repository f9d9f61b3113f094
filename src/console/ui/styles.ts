// Fonts and style sheets, in cascade order.
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './tokens.css';
import './base.css';
import './controls.css';
import './surfaces.css';
import './drop-zone.css';
