"""The GraphQL API (接口): schema, loaders, limits, and its IDE served from the package."""
