export { RiskPane, type RiskPaneProps } from './risk-pane.tsx';
