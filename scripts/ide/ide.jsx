// The GraphQL IDE of liantu: GraphiQL, asking the server that it was loaded from and nobody else.
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import React from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './ide.css';

const page = document.getElementById('ide');
const example = document.getElementById('example').content.textContent.trim();

createRoot(page).render(
  <GraphiQL
    defaultQuery={example}
    fetcher={createGraphiQLFetcher({ url: page.dataset.endpoint })}
    defaultEditorToolsVisibility={false}
    showPersistHeadersSettings={false}
    isHeadersEditorEnabled={false}
  />,
);
