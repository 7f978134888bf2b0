package dev.bowline.integration;

class NettyEndContractIT extends EndContract implements OnNetty {}
