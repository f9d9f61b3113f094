// The canvas: states as boxes, transitions and timers as arrows. Drawing an arrow from one box to another makes a transition;
// moving a box writes its place into the document. Everything the mouse does, keys do: the line below the picture says which.
import { Background, BackgroundVariant, ConnectionLineType, ReactFlow, ReactFlowProvider, useReactFlow, type Connection, type OnConnectEnd } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, useRef, useState } from 'react';
import type { MachineDocument } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { ArrowEdge, type ArrowEdgeType } from './arrow-edge.tsx';
import { ArrowLabels } from './arrow-labels.tsx';
import { edgesOf, nodesOf } from './flow-elements.ts';
import { graphOf, type StateArrow } from './graph-model.ts';
import { GraphTools, KeyLine } from './graph-tools.tsx';
import { machineCommands, type UndoSteps } from './machine-commands.ts';
import { moveState } from './machine-edits.ts';
import { extentOf, routesOf } from './routes.ts';
import { ledTo, placeOf, sameSelection, selectionOf, type Selection } from './selection.ts';
import { StateNode, type StateNodeType } from './state-node.tsx';
import { useBoxes } from './use-boxes.ts';
import { useFit, zoomBounds } from './use-fit.ts';
import { useGraphKeys } from './use-graph-keys.ts';
import { useNudge } from './use-nudge.ts';
import './machine.css';

export interface MachineGraphProps {
  /** The last document that could be read. */
  readonly document: MachineDocument;
  readonly selection: Selection;
  /** A sentence for a state (`states/idle`), a transition (`states/idle/on/0`) or a timer (`states/idle/after/60s`) that has a problem. */
  readonly problemAt: (place: string) => string | null;
  readonly onSelect: (selection: Selection) => void;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  /** The person wants to edit what is chosen: its form should take the focus. */
  readonly onForm: () => void;
  readonly undo: UndoSteps;
  /** What a replay is at: a state, or a transition or a timer with the state it leads to. It is marked whatever is chosen. */
  readonly highlight?: Selection | null;
  /** How many machines are in each state now; shown in its box. Null or missing: not known. */
  readonly counts?: Readonly<Record<string, number>> | null;
  readonly readOnly?: boolean;
}

const nodeTypes = { state: StateNode };
const edgeTypes = { arrow: ArrowEdge };

export function MachineGraph(props: MachineGraphProps) {
  return <ReactFlowProvider><Canvas {...props} /></ReactFlowProvider>;
}

function Canvas({ document, selection, problemAt, onSelect, onEdit, onForm, undo, highlight = null, counts = null, readOnly = false }: MachineGraphProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const graph = useMemo(() => graphOf(document), [document]);
  const { boxes, move, onNodesChange } = useBoxes(graph);
  const routes = useMemo(() => routesOf(boxes, graph.arrows), [boxes, graph.arrows]);
  const { fit, moved, ready } = useFit(useMemo(() => extentOf(boxes, routes), [boxes, routes]), dragging);
  const nodes = useMemo(() => nodesOf(boxes, { selection, at: highlight === null ? null : ledTo(document, highlight), counts, problemAt, readOnly }), [boxes, selection, document, highlight, counts, problemAt, readOnly]);
  const edges = useMemo(() => edgesOf(graph.arrows, routes, { selection, highlight }), [graph.arrows, routes, selection, highlight]);
  const commands = machineCommands({ document, boxes, onSelect, onEdit });
  const nudge = useNudge({ boxes, move, onEdit });
  const keys = useGraphKeys({ canvas, graph, selection, commands, nudge, onSelect, onForm, onFit: fit, readOnly });
  const pick = (arrow: StateArrow, byKey = false) => { onSelect(selectionOf(arrow)); if (byKey) onForm(); };
  const onConnectEnd = useNewStateAtEnd(commands.addStateFrom);
  const dropped = ({ id, position }: StateNodeType) => { setDragging(false); if (!graph.boxes.some((box) => box.name === id && samePlace(box, position))) onEdit(moveState(id, position)); };

  return (
    <div ref={canvas} className={`net-canvas${ready ? '' : ' unready'}`} tabIndex={-1} onKeyDown={keys}>
      <ReactFlow<StateNodeType, ArrowEdgeType> nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onNodesChange={onNodesChange} onNodeClick={(_, { id }) => onSelect({ kind: 'state', state: id })} onPaneClick={() => onSelect({ kind: 'machine' })}
        onEdgeClick={(_, { id }) => { const arrow = graph.arrows.find((each) => each.id === id); if (arrow !== undefined) pick(arrow); }} onConnect={({ source, target }: Connection) => commands.connect(source, target)} onConnectEnd={onConnectEnd}
        onNodeDragStart={() => setDragging(true)} onNodeDragStop={(_, node) => dropped(node)} onMoveStart={(event) => { if (event !== null) moved(); }} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} panActivationKeyCode={null} zoomActivationKeyCode={null} disableKeyboardA11y
        nodesDraggable={!readOnly} nodesConnectable={!readOnly} edgesFocusable={false} connectionRadius={28} connectionLineType={ConnectionLineType.Straight} nodeDragThreshold={3} minZoom={zoomBounds.least} maxZoom={zoomBounds.most} aria-label="Picture of the net">
        <Background variant={BackgroundVariant.Dots} gap={16} size={1} className="net-dots" />
        <ArrowLabels arrows={graph.arrows} routes={routes} isChosen={(arrow) => sameSelection(selection, selectionOf(arrow))} isAt={(arrow) => highlight !== null && sameSelection(highlight, selectionOf(arrow))} problemOf={(arrow) => problemAt(placeOf(selectionOf(arrow)))} onPick={pick} />
      </ReactFlow>
      <GraphTools undo={undo} readOnly={readOnly} onAdd={() => commands.addState(selection.kind === 'machine' ? null : selection.state)} onFit={fit} />
      {!readOnly && <KeyLine />}
    </div>
  );
}

const samePlace = (a: { readonly x: number; readonly y: number }, b: { readonly x: number; readonly y: number }): boolean => Math.round(a.x) === Math.round(b.x) && Math.round(a.y) === Math.round(b.y);

/** An arrow that is let go over nothing makes the state it was looking for. */
function useNewStateAtEnd(addStateFrom: (from: string, at: { readonly x: number; readonly y: number }) => unknown): OnConnectEnd {
  const { screenToFlowPosition } = useReactFlow();
  return (event, { isValid, fromNode, toNode }) => {
    if (isValid === true || fromNode === null || toNode !== null) return;
    const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0]! : event;
    addStateFrom(fromNode.id, screenToFlowPosition({ x, y }));
  };
}
