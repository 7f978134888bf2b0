package dev.bowline.integration;

class NettyDrainContractIT extends DrainContract implements OnNetty {}
