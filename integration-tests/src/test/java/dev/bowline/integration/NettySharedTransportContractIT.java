package dev.bowline.integration;

class NettySharedTransportContractIT extends SharedTransportContract implements OnNetty {}
